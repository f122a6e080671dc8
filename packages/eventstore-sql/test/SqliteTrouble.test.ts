import * as SqliteClient from "@effect/sql-sqlite-node/SqliteClient"
import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreSqlite from "@saucier/eventstore-sql/EventStoreSqlite"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { open, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Folder from "./Folder.ts"

const meta = { correlationId: "c", causationId: null, actor: "test", occurredAt: 0, traceparent: null }

const append = (stream: string, size = 10) =>
  Effect.flatMap(EventStore, (store) =>
    store.append({
      streamId: StreamId.make(stream),
      expected: Version.make(0),
      commandId: CommandId.make("c"),
      events: [{ type: "Happened", schemaVersion: 1, data: "x".repeat(size) }],
      meta
    }))

const streams = Effect.flatMap(
  EventStore,
  (store) => Effect.map(store.page(start, 1_000_000), (events) => events.map(({ streamId }) => streamId))
)

const pragma = (text: string) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(`PRAGMA ${text}`).raw)

/** A file that holds one event and is closed again. */
const withOneEvent = Effect.gen(function*() {
  const filename = join(yield* Folder.temporary, "events.db")
  const layer = SqliteStore.layer({ filename, name: "test" })
  yield* Effect.provide(append("first"), layer)
  return { filename, layer }
})

const trouble = <A, E>(title: string, body: Effect.Effect<A, E, Scope.Scope>) =>
  it.live(title, () => Effect.scoped(body))

describe("a SQLite store in trouble", () => {
  trouble(
    "is locked while another connection writes, and works when that has ended",
    Effect.gen(function*() {
      const { filename, layer } = yield* withOneEvent
      const foreign = yield* Layer.build(SqliteClient.layer({ filename }))
      const holding = yield* Scope.make()
      const connection = yield* Scope.extend(
        Effect.flatMap(SqlClient.SqlClient, (sql) => sql.reserve),
        holding
      ).pipe(
        Effect.provide(foreign)
      )
      const shared = EventStoreSqlite.layer("test").pipe(Layer.provideMerge(SqliteClient.layer({ filename })))
      yield* Effect.gen(function*() {
        yield* pragma("busy_timeout = 50")
        yield* connection.execute("BEGIN EXCLUSIVE", [], undefined)
        const failure = yield* Effect.flip(append("second"))
        assert(failure._tag === "EventStoreUnavailable")
        assert.strictEqual(failure.reason, "locked")
        assert.strictEqual((yield* Effect.flip(Effect.provide(streams, layer))).reason, "in-use")
        yield* connection.execute("COMMIT", [], undefined)
        yield* append("second")
        assert.deepStrictEqual(yield* streams, ["first", "second"])
      }).pipe(Effect.provide(shared))
    })
  )

  trouble(
    "is read-only while it may not write, keeps answering reads, and works again after",
    Effect.gen(function*() {
      const { layer } = yield* withOneEvent
      yield* Effect.gen(function*() {
        yield* pragma("query_only = 1")
        const failure = yield* Effect.flip(append("second"))
        assert(failure._tag === "EventStoreUnavailable")
        assert.strictEqual(failure.reason, "read-only")
        assert.deepStrictEqual(yield* streams, ["first"])
        yield* pragma("query_only = 0")
        assert.isFalse((yield* append("second")).repeated)
      }).pipe(Effect.provide(layer))
    })
  )

  trouble(
    "refuses what no longer fits, takes what does, and works when there is room",
    Effect.gen(function*() {
      const { layer } = yield* withOneEvent
      yield* Effect.gen(function*() {
        yield* pragma("max_page_count = 40")
        const outcomes = yield* Effect.forEach(
          Array.from({ length: 64 }, (_, index) => index),
          (index) => Effect.exit(append(`s${index}`, index === 7 ? 1_000_000 : 10)),
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual(outcomes.flatMap((exit, index) => Exit.isFailure(exit) ? [index] : []), [7])
        const failure = yield* Effect.flip(append("big", 1_000_000))
        assert(failure._tag === "EventStoreUnavailable")
        assert.strictEqual(failure.reason, "full")
        assert.strictEqual((yield* streams).length, 64)
        yield* pragma("max_page_count = 100000")
        yield* append("big", 1_000_000)
        assert.strictEqual((yield* streams).at(-1), "big")
      }).pipe(Effect.provide(layer))
    })
  )

  trouble(
    "is corrupt when the file is no database, and leaves the file as it was",
    Effect.gen(function*() {
      const filename = join(yield* Folder.temporary, "events.db")
      const text = "this is no database ".repeat(1000)
      yield* Effect.promise(() => writeFile(filename, text))
      const failure = yield* Effect.flip(
        Effect.provide(streams, SqliteStore.layer({ filename, name: "test" }))
      )
      assert.strictEqual(failure.reason, "corrupt")
      assert.strictEqual(yield* Effect.promise(() => readFile(filename, "utf8")), text)
    })
  )

  trouble(
    "is corrupt when its pages are damaged",
    Effect.gen(function*() {
      const { filename, layer } = yield* withOneEvent
      const { size } = yield* Effect.promise(() => stat(filename))
      yield* Effect.promise(async () => {
        const file = await open(filename, "r+")
        await file.write(Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096)
        await file.close()
      })
      const failure = yield* Effect.flip(Effect.provide(Effect.zipRight(append("second"), streams), layer))
      assert(failure._tag === "EventStoreUnavailable")
      assert.strictEqual(failure.reason, "corrupt")
    })
  )

  trouble(
    "is corrupt where an event is no JSON, also for a repeat, and serves the rest",
    Effect.gen(function*() {
      const { layer } = yield* withOneEvent
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const store = yield* EventStore
        yield* sql`UPDATE events SET data = '{"torn'`
        const reading = yield* Effect.flip(store.read(StreamId.make("first"), Version.make(0)))
        const repeating = yield* Effect.flip(append("first"))
        assert(repeating._tag === "EventStoreUnavailable")
        assert.deepStrictEqual([reading.reason, repeating.reason], ["corrupt", "corrupt"])
        assert.isFalse((yield* append("second")).repeated)
      }).pipe(Effect.provide(layer))
    })
  )

  trouble(
    "cannot be opened where no file can be, with a failure",
    Effect.gen(function*() {
      const folder = yield* Folder.temporary
      const inFile = join(folder, "file")
      yield* Effect.promise(() => writeFile(inFile, ""))
      for (const filename of [folder, join(inFile, "events.db")]) {
        const failure = yield* Effect.flip(
          Effect.provide(streams, SqliteStore.layer({ filename, name: "test" }))
        )
        assert.strictEqual(failure.reason, "unknown")
        assert.notStrictEqual(failure.detail, "")
      }
    })
  )

  trouble(
    "is closed after its scope, with a failure",
    Effect.gen(function*() {
      const { layer } = yield* withOneEvent
      const store = yield* Effect.provide(EventStore, layer)
      const closed = Layer.succeed(EventStore, store)
      const writing = yield* Effect.flip(Effect.provide(append("second"), closed))
      const reading = yield* Effect.flip(store.read(StreamId.make("first"), Version.make(0)))
      assert(writing._tag === "EventStoreUnavailable")
      assert.deepStrictEqual([writing.reason, reading.reason], ["closed", "closed"])
    })
  )

  trouble(
    "fails a checkpoint that cannot be committed, with its rows, and neither stays",
    Effect.gen(function*() {
      const { layer } = yield* withOneEvent
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const checkpoints = yield* Checkpoints
        yield* sql`CREATE TABLE rows (id TEXT)`
        const write = (id: string) => sql`INSERT INTO rows (id) VALUES (${id})`
        yield* checkpoints.commit("a", Position.make("1"), write("one"))
        yield* pragma("max_page_count = 10")
        const failure = yield* Effect.flip(
          checkpoints.commit(
            "a",
            Position.make("2"),
            Effect.zipRight(write("two"), append("inside", 1)).pipe(
              Effect.catchAllDefect(() => Effect.fail("an append cannot join a transaction"))
            )
          )
        )
        assert.strictEqual(failure, "an append cannot join a transaction")
        assert.strictEqual(yield* checkpoints.load("a"), "1")
        assert.deepStrictEqual(yield* sql`SELECT id FROM rows`, [{ id: "one" }])
        assert.deepStrictEqual(yield* streams, ["first"])
      }).pipe(Effect.provide(layer))
    })
  )

  trouble(
    "keeps its write-ahead log within bounds",
    Effect.gen(function*() {
      const { filename, layer } = yield* withOneEvent
      yield* Effect.gen(function*() {
        yield* Effect.forEach(
          Array.from({ length: 200 }, (_, index) => index),
          (index) => append(`s${index}`, 50_000)
        )
        assert.isBelow((yield* Effect.promise(() => stat(`${filename}-wal`))).size, 8_000_000)
      }).pipe(Effect.provide(layer))
      const left = yield* Effect.exit(Effect.tryPromise(() => stat(`${filename}-wal`)))
      assert(Exit.isFailure(left))
    })
  )
})

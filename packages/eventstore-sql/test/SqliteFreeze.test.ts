/** Files that stand still while their process goes on, so that another process can copy them. */
import { assert, describe, it } from "@effect/vitest"
import { start, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { StoreFreeze } from "@saucier/eventsourcing/StoreFreeze"
import * as SqliteCopy from "@saucier/eventstore-sql/SqliteCopy"
import * as SqliteFiles from "@saucier/eventstore-sql/SqliteFiles"
import * as SqliteFreeze from "@saucier/eventstore-sql/SqliteFreeze"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { execFileSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import * as Folder from "./Folder.ts"

const meta = { correlationId: "c", causationId: null, actor: "test", occurredAt: 0, traceparent: null }

const append = (store: EventStore["Type"], stream: string) =>
  store.append({
    streamId: StreamId.make(stream),
    expected: Version.make(0),
    commandId: CommandId.make("c"),
    events: [{ type: "Happened", schemaVersion: 1, data: "x".repeat(2000) }],
    meta
  })

/** Two stores of one process, and what freezes them. */
const world = (renewWithin = 60_000) =>
  Effect.gen(function*() {
    const folder = yield* Folder.temporary
    const files = yield* Layer.build(
      SqliteFreeze.layer({ renewWithin }).pipe(Layer.provideMerge(SqliteFiles.layer))
    )
    const open = (name: string) =>
      Effect.map(
        Layer.build(SqliteStore.layer({ filename: join(folder, `${name}.db`), name })).pipe(
          Effect.provide(files)
        ),
        Context.get(EventStore)
      )
    return {
      folder,
      freezing: Context.get(files, StoreFreeze),
      one: yield* open("one"),
      two: yield* open("two")
    }
  })

/** Copied by another process, as a backup does it: a copy by our own would give up SQLite's lock. */
const copy = (folder: string, name: string) => {
  const to = join(folder, `${name}.copy`)
  execFileSync("cp", [join(folder, `${name}.db`), to])
  return to
}

const driver = createRequire(import.meta.url).resolve("better-sqlite3")

/** What a second process meets that would write to the file. */
const opened = (file: string) => {
  const script = `
    const database = new (require(process.argv[1]))(process.argv[2])
    database.pragma("busy_timeout = 50")
    try { database.exec("BEGIN IMMEDIATE"); console.log("open") } catch ({ code }) { console.log(code) }`
  return execFileSync(process.execPath, ["-e", script, driver, file]).toString().trim()
}

const eventsIn = (filename: string) =>
  Effect.flatMap(EventStore, (store) => store.page(start, 1000)).pipe(
    Effect.map((events) => events.map(({ streamId }) => String(streamId))),
    Effect.provide(SqliteStore.layer({ filename, name: "copy" }))
  )

describe("files that are frozen", () => {
  it.scopedLive("hold what was written before, in all stores, and nothing that is written meanwhile", () =>
    Effect.gen(function*() {
      const { folder, freezing, one, two } = yield* world()
      yield* append(one, "before")
      yield* append(two, "before")
      const { files, id } = yield* freezing.freeze
      assert.deepStrictEqual(files.map(({ store }) => store), ["one", "two"])
      const stood = readFileSync(join(folder, "one.db"))
      // More than SQLite lets gather in the log before it writes them to the file by itself.
      yield* Effect.forEach(
        Array.from({ length: 1500 }, (_, n) => `meanwhile-${n}`),
        (stream) => append(one, stream),
        { concurrency: 50, discard: true }
      )
      yield* append(two, "meanwhile")
      assert.isTrue(stood.equals(readFileSync(join(folder, "one.db"))))
      const copies = [copy(folder, "one"), copy(folder, "two")]
      yield* freezing.thaw(id)
      for (const file of copies) {
        assert.hasAllKeys(yield* SqliteCopy.inspect({ filename: file, name: "copy" }), [
          "eventstore_migrations"
        ])
        assert.deepStrictEqual(yield* eventsIn(file), ["before"])
      }
      assert.lengthOf(yield* one.page(start, 2000), 1501)
    }))

  it.scopedLive("are written again once they are thawed", () =>
    Effect.gen(function*() {
      const { folder, freezing, one } = yield* world()
      const { id } = yield* freezing.freeze
      yield* freezing.thaw(id)
      const before = statSync(join(folder, "one.db")).size
      yield* Effect.forEach(Array.from({ length: 1500 }, (_, n) => `after-${n}`), (stream) =>
        append(one, stream), { concurrency: 50, discard: true })
      assert.isAbove(statSync(join(folder, "one.db")).size, before)
    }))

  it.scopedLive("are for one copy at a time, and whoever comes late is told", () =>
    Effect.gen(function*() {
      const { freezing } = yield* world()
      const { id } = yield* freezing.freeze
      const second = yield* Effect.flip(freezing.freeze)
      assert.strictEqual(second._tag, "FreezeUnderWay")
      yield* freezing.renew(id)
      yield* freezing.thaw(id)
      assert.strictEqual((yield* Effect.flip(freezing.thaw(id)))._tag, "FreezeOver")
      assert.strictEqual((yield* Effect.flip(freezing.renew(id)))._tag, "FreezeOver")
    }))

  it.scopedLive("thaw by themselves when nobody renews the freeze", () =>
    Effect.gen(function*() {
      const { freezing } = yield* world(100)
      const { id } = yield* freezing.freeze
      yield* Effect.repeat(freezing.renew(id), { times: 3 }).pipe(Effect.delay("20 millis"))
      yield* Effect.retry(Effect.asVoid(freezing.freeze), {
        while: ({ _tag }) => _tag === "FreezeUnderWay",
        schedule: Schedule.spaced("20 millis")
      })
      assert.strictEqual((yield* Effect.flip(freezing.thaw(id)))._tag, "FreezeOver")
    }))

  it.scopedLive("stay locked against a second process while they are copied, and after", () =>
    Effect.gen(function*() {
      const { folder, freezing, one } = yield* world()
      const { id } = yield* freezing.freeze
      yield* append(one, "meanwhile")
      copy(folder, "one")
      assert.strictEqual(opened(join(folder, "one.db")), "SQLITE_BUSY")
      yield* freezing.thaw(id)
      assert.strictEqual(opened(join(folder, "one.db")), "SQLITE_BUSY")
    }))
})

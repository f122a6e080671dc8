import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import type * as PostgresPool from "@saucier/eventstore-sql/PostgresPool"
import * as PostgresRetry from "@saucier/eventstore-sql/PostgresRetry"
import * as PostgresStore from "@saucier/eventstore-sql/PostgresStore"
import * as Array from "effect/Array"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { append, ids } from "./PostgresEvents.ts"
import * as PostgresServer from "./PostgresServer.ts"
import * as SilentProxy from "./SilentProxy.ts"

const { PostgresServer: Server } = PostgresServer
const shared = PostgresServer.shared()

const trouble = <A, E>(
  title: string,
  body: Effect.Effect<A, E, Scope.Scope | PostgresServer.PostgresServer>
) => it.live(title, () => Effect.provide(Effect.scoped(body), shared))

const open = (name: string, options: Partial<PostgresPool.Options> = {}) =>
  Effect.gen(function*() {
    const { url } = yield* Server
    const context = yield* Layer.build(PostgresStore.layer({ url, name, ...options }))
    return {
      store: Context.get(context, EventStore),
      checkpoints: Context.get(context, Checkpoints),
      sql: Context.get(context, SqlClient.SqlClient)
    }
  })

const terminate = (name: string) =>
  Effect.flatMap(
    Server,
    ({ query }) =>
      query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'saucier ${name}%'`
      )
  )

const refused = (failure: { readonly _tag: string } | EventStoreUnavailable) => {
  assert(failure._tag === "EventStoreUnavailable" && "reason" in failure)
  return failure.reason
}

/** As a subscription does: what fails is tried again from the last event seen. */
const follow = (store: EventStore["Type"], seen: Array<string>) =>
  Effect.suspend(() => {
    let position = start
    return Effect.retry(
      Effect.suspend(() =>
        Stream.runForEach(store.feed(position), (event) =>
          Effect.sync(() => {
            position = event.position
            seen.push(event.eventId)
          }))
      ),
      Schedule.spaced("50 millis")
    )
  })

const until = (condition: Effect.Effect<boolean, unknown>) =>
  condition.pipe(
    Effect.orElseSucceed(() => false),
    Effect.repeat({ schedule: Schedule.spaced("20 millis"), until: (holds) => holds })
  )

const restarts = (mode: "fast" | "immediate") =>
  Effect.gen(function*() {
    const server = yield* Server
    const { store } = yield* open(`restart_${mode}`)
    const seen: Array<string> = []
    const reader = yield* Effect.fork(follow(store, seen))
    yield* append(store, "a", 0, "before")
    yield* server.stop(mode)
    const failure = yield* Effect.flip(append(store, "a", 1, "meanwhile"))
    assert.strictEqual(refused(failure), "unreachable")
    assert.strictEqual(refused(yield* Effect.flip(store.page(start, 1))), "unreachable")
    yield* server.start
    yield* until(Effect.as(append(store, "a", 1, "meanwhile"), true))
    yield* append(store, "a", 2, "after")
    yield* until(Effect.sync(() => seen.length === 3))
    assert.deepStrictEqual(seen, ["a/1", "a/2", "a/3"])
    yield* Fiber.interrupt(reader)
  })

describe("a PostgreSQL store in trouble", () => {
  trouble("is unreachable while its server restarts, and goes on by itself", restarts("fast"))
  trouble("is unreachable while its server recovers from a crash, and loses nothing", restarts("immediate"))

  trouble(
    "waits out a server that is back within a moment, without its callers' notice",
    Effect.gen(function*() {
      const server = yield* Server
      const { store } = yield* open("blink")
      yield* append(store, "a", 0, "1")
      yield* server.stop("immediate")
      const writing = yield* Effect.fork(append(store, "a", 1, "2"))
      yield* server.start
      assert.deepStrictEqual(ids((yield* Fiber.join(writing)).events), ["a/2"])
    })
  )

  trouble(
    "makes connections that were terminated anew, also the one that listens",
    Effect.gen(function*() {
      const { query } = yield* Server
      const [here, there] = [yield* open("dropped"), yield* open("dropped")]
      const listeners = query(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'saucier dropped feed' ORDER BY pid"
      )
      yield* until(Effect.map(listeners, (rows) => rows.length === 2))
      const before = yield* listeners
      for (const n of Array.range(1, 20)) {
        yield* append(n % 2 === 0 ? here.store : there.store, "a", n - 1, `c${n}`)
        if (n % 5 === 0) yield* terminate("dropped")
      }
      const known = new Set(before.map(({ pid }) => pid))
      yield* until(
        Effect.map(listeners, (rows) => rows.length === 2 && rows.every(({ pid }) => !known.has(pid)))
      )
      assert.strictEqual((yield* here.store.page(start, 100)).length, 20)
    })
  )

  trouble(
    "is in time-out where a statement takes too long, and works when what was in its way is gone",
    Effect.gen(function*() {
      const { store } = yield* open("slow", { statementTimeoutMillis: 300 })
      const other = yield* open("slow")
      const failure = yield* other.sql.withTransaction(
        Effect.zipRight(
          other.sql`LOCK TABLE events IN EXCLUSIVE MODE`,
          Effect.flip(append(store, "a", 0, "1"))
        )
      )
      assert.strictEqual(refused(failure), "timeout")
      assert.isFalse((yield* append(store, "a", 0, "1")).repeated)
    })
  )

  trouble(
    "is unreachable when the network falls silent, and works when it speaks again",
    Effect.gen(function*() {
      const { url } = yield* Server
      const proxy = yield* SilentProxy.make(url)
      const { store } = yield* open("silent", { url: proxy.url, statementTimeoutMillis: 300 })
      yield* append(store, "a", 0, "1")
      proxy.silent(true)
      assert.strictEqual(refused(yield* Effect.flip(append(store, "a", 1, "2"))), "unreachable")
      proxy.silent(false)
      yield* until(Effect.as(append(store, "a", 1, "2"), true))
      assert.deepStrictEqual(ids(yield* store.read(StreamId.make("a"), Version.make(0))), ["a/1", "a/2"])
    })
  )

  trouble(
    "is unreachable where no server is, is closed after its scope, and never tells its password",
    Effect.gen(function*() {
      const nowhere = Redacted.make("postgres://saucier:hunter2@127.0.0.1:1/orders")
      const failure = yield* Effect.flip(Effect.scoped(open("nowhere", { url: nowhere })))
      assert.strictEqual(failure.reason, "unreachable")
      assert.notInclude(failure.message, "hunter2")
      const { store } = yield* Effect.scoped(open("closed"))
      assert.strictEqual(refused(yield* Effect.flip(append(store, "a", 0, "1"))), "closed")
      assert.strictEqual(refused(yield* Effect.flip(store.page(start, 1))), "closed")
    })
  )

  trouble(
    "fails a checkpoint whose connection breaks, with its rows, and neither stays",
    Effect.gen(function*() {
      const { checkpoints, sql } = yield* open("checkpoint")
      yield* sql`CREATE TABLE rows (id text)`
      yield* checkpoints.commit("a", Position.make("1"), sql`INSERT INTO rows VALUES ('one')`)
      const broken = Effect.zipRight(sql`INSERT INTO rows VALUES ('two')`, terminate("checkpoint"))
      const failure = yield* Effect.flip(
        checkpoints.commit("a", Position.make("2"), Effect.provide(broken, shared))
      )
      assert(failure._tag === "EventStoreUnavailable")
      assert.strictEqual(failure.reason, "unreachable")
      assert.strictEqual(yield* checkpoints.load("a"), "1")
      assert.deepStrictEqual(yield* PostgresRetry.briefly(sql`SELECT id FROM rows`), [{ id: "one" }])
    })
  )

  trouble(
    "refuses events of a server that had counted further, as after a restore from a dump",
    Effect.gen(function*() {
      const { store } = yield* open("restored")
      const { query } = yield* Server
      yield* append(store, "a", 0, "1")
      yield* query("UPDATE saucier_restored.events SET transaction_id = '1000000000'")
      const failure = yield* Effect.flip(open("restored"))
      assert.strictEqual(failure.reason, "corrupt")
      assert.include(failure.message, "pg_resetwal")
    })
  )

  trouble(
    "tells a reader all again that has seen what was lost, as where its database came back from a later instant",
    Effect.gen(function*() {
      const { checkpoints, store } = yield* open("ahead")
      yield* append(store, "a", 0, "1")
      yield* append(store, "a", 1, "2")
      yield* checkpoints.commit("reader", Position.make("1000000000.7"), Effect.void)
      const seen = yield* Stream.runCollect(
        Stream.take(store.feed(yield* checkpoints.load("reader")), 3).pipe(
          Stream.tap(({ version }) => version === 2 ? append(store, "a", 2, "3") : Effect.void)
        )
      )
      assert.deepStrictEqual(Array.map(Array.fromIterable(seen), ({ version }) => Number(version)), [1, 2, 3])
      const [first] = seen
      assert.deepStrictEqual(
        Array.map(
          Array.fromIterable(yield* Stream.runCollect(Stream.take(store.feed(first?.position ?? start), 2))),
          ({ version }) => Number(version)
        ),
        [2, 3]
      )
    })
  )
})

describe("a PostgreSQL store of several processes", () => {
  trouble(
    "is made once, however many begin at once",
    Effect.gen(function*() {
      const { query } = yield* Server
      const stores = yield* Effect.all(Array.makeBy(8, () => open("begin", { maxConnections: 3 })), {
        concurrency: "unbounded"
      })
      yield* Effect.forEach(stores, ({ store }, n) => append(store, `s${n}`, 0, "c"), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(
        yield* query("SELECT name FROM saucier_begin.eventstore_migrations ORDER BY migration_id"),
        [{ name: "events" }, { name: "subscriptions" }, { name: "runner" }]
      )
    })
  )

  trouble(
    "lets one of two writers win each version, and both repeat themselves",
    Effect.gen(function*() {
      const stores = [yield* open("race"), yield* open("race")]
      for (const version of Array.range(0, 30)) {
        const outcomes = yield* Effect.forEach(
          stores,
          ({ store }, n) =>
            Effect.either(Effect.all([
              append(store, "a", version, `${version} ${n}`),
              append(store, `own-${n}`, version, `${version}`)
            ], { concurrency: "unbounded" })),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(outcomes.filter(Either.isRight).length, 1)
        const again = yield* Effect.forEach(
          stores,
          ({ store }, n) => append(store, `own-${n}`, 0, `${version}`)
        )
        assert.isTrue(again.every(({ repeated }) => repeated))
      }
    })
  )

  trouble(
    "commits what waits in one transaction, where a conflict fails alone",
    Effect.gen(function*() {
      const { query } = yield* Server
      const { store } = yield* open("group")
      const outcomes = yield* Effect.forEach(
        Array.range(0, 63),
        (n) => Effect.either(append(store, `s${n}`, n === 7 ? 1 : 0, "c")),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(
        outcomes.flatMap((outcome, n) => Either.isLeft(outcome) ? [[n, outcome.left._tag]] : []),
        [[7, "VersionConflict"]]
      )
      assert.deepStrictEqual(
        yield* query(
          "SELECT count(*)::int AS events, count(DISTINCT transaction_id)::int AS commits FROM saucier_group.events"
        ),
        [{ events: 63, commits: 1 }]
      )
    })
  )
})

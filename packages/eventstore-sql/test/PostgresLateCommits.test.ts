import { assert, describe, it } from "@effect/vitest"
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import { start } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as PostgresStore from "@saucier/eventstore-sql/PostgresStore"
import * as Array from "effect/Array"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as Pg from "pg"
import * as PostgresEvents from "./PostgresEvents.ts"
import * as PostgresServer from "./PostgresServer.ts"

const server = PostgresServer.shared()
const options = Effect.map(
  PostgresServer.PostgresServer,
  ({ url }) => ({ url, name: "late", maxConnections: 4 })
)
const store = Effect.flatMap(
  options,
  (options) =>
    Effect.map(Layer.build(PostgresStore.layer(options)), (context) => Context.get(context, EventStore))
)

const connection = (url: Redacted.Redacted) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new Pg.Client({ connectionString: Redacted.value(url) })
      await client.connect()
      return client
    }),
    (client) => Effect.promise(() => client.end())
  )

/** Transactions of two events each, that take their positions early and commit late, or never. */
const lateWriter = (url: Redacted.Redacted, writer: number, transactions: number) =>
  Effect.scoped(Effect.gen(function*() {
    const client = yield* connection(url)
    const run = (sql: string) => Effect.promise(() => client.query(sql))
    const committed: Array<string> = []
    let version = 0
    for (const _ of Array.range(1, transactions)) {
      const abort = (yield* Random.next) < 0.3
      yield* run("BEGIN")
      for (const next of [version + 1, version + 2]) {
        yield* run(PostgresEvents.insert("saucier_late", `late-${writer}`, next))
        yield* Effect.sleep(yield* Random.nextIntBetween(0, 40))
      }
      yield* run(abort ? "ROLLBACK" : "COMMIT")
      if (abort) continue
      committed.push(`late-${writer}/${version + 1}`, `late-${writer}/${version + 2}`)
      version += 2
    }
    return committed
  }))

const quickWriter = (store: EventStore["Type"], writer: string, appends: number) =>
  Effect.forEach(Array.range(1, appends), (n) =>
    Effect.map(
      Effect.delay(PostgresEvents.append(store, `quick-${writer}`, n - 1, `c${n}`), n % 7),
      ({ events }) => PostgresEvents.ids(events)
    )).pipe(Effect.map((replies) => replies.flat()))

const judge = (seen: ReadonlyArray<RecordedEvent>, committed: ReadonlyArray<string>) => {
  assert.deepStrictEqual(PostgresEvents.ids(seen).toSorted(), committed.toSorted())
  for (const events of Object.values(Array.groupBy(seen, ({ streamId }) => streamId))) {
    assert.deepStrictEqual(events.map(({ version }) => Number(version)), events.map((_, index) => index + 1))
  }
}

describe("the log of a PostgreSQL store", () => {
  it.live(
    "is fed whole, once and in order, while transactions of many connections commit late or never",
    () =>
      Effect.scoped(Effect.gen(function*() {
        const { url } = yield* PostgresServer.PostgresServer
        const [here, there] = [yield* store, yield* store]
        const seen: Array<RecordedEvent> = []
        const reader = yield* Effect.fork(
          here.feed(start).pipe(
            Stream.takeUntil(({ streamId }) => streamId === "end"),
            Stream.runForEach((event) =>
              Effect.sync(() => {
                if (event.streamId !== "end") seen.push(event)
              })
            )
          )
        )
        const committed = yield* Effect.all([
          ...Array.makeBy(24, (writer) => lateWriter(url, writer, 25)),
          ...Array.makeBy(8, (writer) => quickWriter(writer % 2 === 0 ? here : there, `${writer}`, 120))
        ], { concurrency: "unbounded" })
        yield* PostgresEvents.append(there, "end", 0, "end")
        yield* Fiber.join(reader)
        judge(seen, committed.flat())
      })).pipe(Effect.provide(server)),
    120_000
  )

  it.live("ends before a transaction that is still open, and goes on when it has ended", () =>
    Effect.scoped(Effect.gen(function*() {
      const { url } = yield* PostgresServer.PostgresServer
      const here = yield* store
      const client = yield* connection(url)
      const last = (yield* here.page(start, 100_000)).at(-1)?.position ?? start
      yield* Effect.promise(() => client.query("BEGIN"))
      yield* Effect.promise(() => client.query(PostgresEvents.insert("saucier_late", "open", 1)))
      yield* PostgresEvents.append(here, "after", 0, "c")
      assert.deepStrictEqual(yield* here.page(last, 10), [])
      const reader = yield* Effect.fork(Stream.runCollect(Stream.take(here.feed(last), 2)))
      yield* Effect.promise(() => client.query("COMMIT"))
      assert.deepStrictEqual(PostgresEvents.ids([...yield* Fiber.join(reader)]), ["open/1", "after/1"])
    })).pipe(Effect.provide(server)))
})

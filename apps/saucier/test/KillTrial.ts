/** kill -9 at any moment: what was acknowledged is there, once, with its money and its goods. */
import { assert, it } from "@effect/vitest"
import * as Event from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Random from "effect/Random"
import * as Scope from "effect/Scope"
import { join } from "node:path"
import * as Process from "./Process.ts"
import { client, seed, temporaryFolder, until } from "./World.ts"

const callers = 24

const allEvents = (
  after: Event.Position
): Effect.Effect<ReadonlyArray<Event.RecordedEvent>, unknown, EventStore> =>
  Effect.gen(function*() {
    const page = yield* (yield* EventStore).page(after, 256)
    const last = page.at(-1)
    return last === undefined ? page : [...page, ...(yield* allEvents(last.position))]
  })

/** What a store holds, read when no process has it open. */
const stored = (folder: string, name: string) =>
  allEvents(Event.start).pipe(
    Effect.provide(SqliteStore.layer({ filename: join(folder, `${name}.db`), name })),
    Effect.orDie
  )

const streamsOf = (events: ReadonlyArray<Event.RecordedEvent>, type: string) =>
  events.filter((event) => event.type === type).map(({ streamId }) => streamId.slice(-26)).sort()

/** Orders through the kills of their one process; then each is there, charged once and prepared once. */
export const survives = (orders: number, kills: number) =>
  it.scopedLive(
    `${orders} orders are all there after ${kills} kills, each charged once and prepared once`,
    () =>
      Effect.gen(function*() {
        const folder = yield* temporaryFolder
        const settings = { SAUCIER_PROVIDER_PRESET: "healthy" }
        const acknowledged = new Map<string, string>()
        let scope = yield* Scope.make()
        let process = yield* Scope.extend(Process.start(folder, settings), scope)
        yield* Effect.addFinalizer(() => Scope.close(scope, Exit.void))

        /** A caller's request, repeated with its key until it is acknowledged: what people do, and their clients. */
        const place = (key: string): Effect.Effect<void> =>
          Effect.suspend(() => client(process.url).post("/orders", seed, { "idempotency-key": key })).pipe(
            Effect.catchAllDefect(() => Effect.succeed(undefined)),
            Effect.flatMap((answer) => {
              if (answer?.status !== 201 && answer?.status !== 202) {
                return Effect.delay(place(key), "50 millis")
              }
              acknowledged.set(key, String(answer.body["id"]))
              return Effect.void
            })
          )

        const killer = Effect.gen(function*() {
          for (let kill = 0; kill < kills; kill++) {
            const share = (orders * (kill + (yield* Random.next))) / kills
            yield* Effect.yieldNow().pipe(
              Effect.zipRight(Effect.sleep("5 millis")),
              Effect.repeat({ until: () => acknowledged.size >= Math.min(share, orders - 1) })
            )
            yield* process.end("SIGKILL")
            yield* Scope.close(scope, Exit.void)
            scope = yield* Scope.make()
            process = yield* Scope.extend(Process.start(folder, settings), scope)
          }
        })

        const keys = Array.makeBy(orders, (n) => `order-${n}`)
        yield* Effect.all([Effect.forEach(keys, place, { concurrency: callers, discard: true }), killer], {
          concurrency: "unbounded",
          discard: true
        })

        const { get } = client(process.url)
        // A starved machine's breaker may refuse one: its caller was told so, and ordered anew.
        yield* until(
          get("/counts"),
          ({ body }) => body["Preparing"] === orders && body["total"] === orders + Number(body["Rejected"])
        )
        yield* Effect.forEach(acknowledged.values(), (id) =>
          Effect.map(
            until(get(`/orders/${id}`), ({ body }) => body["status"] === "Preparing"),
            ({ body }) => assert.strictEqual(body["price"], seed.price)
          ), { concurrency: callers, discard: true })
        assert.strictEqual(yield* process.end("SIGTERM"), 0)

        const ids = Array.fromIterable(acknowledged.values()).map((id) => id.slice("ord_".length)).sort()
        assert.lengthOf(new Set(ids), orders)
        assert.deepStrictEqual(streamsOf(yield* stored(folder, "order"), "OrderPaid"), ids)
        assert.deepStrictEqual(streamsOf(yield* stored(folder, "payment"), "PaymentCaptured"), ids)
        assert.deepStrictEqual(streamsOf(yield* stored(folder, "provider"), "ChargeCaptured"), ids)
        assert.deepStrictEqual(streamsOf(yield* stored(folder, "delivery"), "DeliveryPrepared"), ids)
      }),
    { timeout: 600_000 }
  )

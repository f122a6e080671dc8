/** Branches that order, look and cancel in a cluster under trouble, and the history of all that they were told. */
import { OrderId } from "@saucier/kernel/Ids"
import * as Ask from "@saucier/proof/Ask"
import { because, type Broken } from "@saucier/proof/Broken"
import { Seen } from "@saucier/simulation/History"
import * as HistoryRecorder from "@saucier/simulation/HistoryRecorder"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"

const goods = { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }

const Shown = Schema.parseJson(
  Schema.Struct({ id: OrderId, status: Seen.fields.status, version: Seen.fields.version })
)

const seen = (url: string, options: Ask.Options = {}): Effect.Effect<Seen, Broken> =>
  Effect.flatMap(
    Ask.ask(url, { ...options, patience: 15_000 }),
    ({ broken, status, text }) =>
      status === 200 || status === 201 || status === 202
        ? Effect.mapBoth(Schema.decode(Shown)(text), {
          onSuccess: ({ id, status, version }) => ({ orderId: id, status, version }),
          onFailure: () => because(text.slice(0, 200))
        })
        : Effect.fail(because(`${status} ${broken} ${text.slice(0, 200)}`))
  )

/** A refusal leaves open what happened: the same key is asked with again. */
const open = () => undefined

const isDeclined = ({ message }: Broken) => message.startsWith("402 ")

export const start = (base: string, count: number) =>
  Effect.gen(function*() {
    const recorder = HistoryRecorder.make()
    const told: Array<{ readonly orderId: string; readonly status: number }> = []
    let over = false
    let next = 0
    const toldAt: Array<number> = []

    const one = (client: string) =>
      Effect.gen(function*() {
        const key = `chaos-${next++}`
        let declined = false
        const ask = Effect.tapError(
          seen(`${base}/orders`, { body: goods, headers: { "idempotency-key": key } }),
          (error) => Effect.sync(() => declined = isDeclined(error))
        )
        const place = recorder.record(
          client,
          { _tag: "Place", key, request: JSON.stringify(goods) },
          ask,
          open
        )
        let placed = yield* place
        while (placed._tag !== "Ok") {
          // The bank's no stands, however often it is asked with this key.
          if (declined) return
          yield* Effect.sleep("300 millis")
          placed = yield* place
        }
        toldAt.push(performance.now())
        const { orderId } = placed.seen
        told.push({ orderId, status: 201 })
        const dice = yield* Random.next
        if (dice < 0.3) {
          yield* recorder.record(client, { _tag: "Read", orderId }, seen(`${base}/orders/${orderId}`), open)
        } else if (dice < 0.4) {
          const cancel = seen(`${base}/orders/${orderId}/cancel`, { body: { reason: "chaos" } })
          yield* recorder.record(client, { _tag: "Cancel", orderId }, cancel, open)
        }
      })
    const fiber = yield* Effect.forkScoped(
      Effect.forEach(
        Array.from({ length: count }, (_, n) => `customer-${n}`),
        (client) => Effect.repeat(Effect.suspend(() => one(client)), { until: () => over }),
        { concurrency: "unbounded", discard: true }
      )
    )
    return {
      told,
      operations: recorder.operations,
      /** When orders were told, in milliseconds of the monotonic clock. */
      toldAt,
      stop: Effect.zipRight(Effect.sync(() => over = true), fiber.await)
    }
  })
export type Customers = Effect.Effect.Success<ReturnType<typeof start>>

/** Branches that order until they are told, look at what they ordered, and cancel some of it; all that they see is written down. */
import { OrderId } from "@saucier/kernel/Ids"
import * as TypeId from "@saucier/kernel/TypeId"
import type { Call } from "@saucier/simulation/History"
import * as HistoryRecorder from "@saucier/simulation/HistoryRecorder"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Ask from "./Ask.ts"
import * as Callers from "./Callers.ts"
import * as Poll from "./Poll.ts"
import * as Recorded from "./Recorded.ts"

const request = JSON.stringify(Callers.goods)
const isOrderId = Schema.is(OrderId)

/** So many, each with one order after the other, until told to stop. */
export const start = (base: string, count: number) =>
  Effect.gen(function*() {
    const recorder = HistoryRecorder.make()
    const named = yield* TypeId.generate
    const told: Array<Pick<Callers.Call, "status" | "orderId">> = []
    let over = false
    let next = 0

    const one = (client: string) =>
      Effect.gen(function*() {
        const asked = (call: Call, path: string, options: Ask.Options = {}) =>
          Recorded.ask(recorder, client, call, Ask.ask(`${base}/orders${path}`, options))
        const n = next++
        const key = `${named}-${n}`
        const place = asked({ _tag: "Place", key, request }, "", {
          body: request,
          headers: { "idempotency-key": key }
        })
        const { status, text } = yield* Poll.until(place, Callers.isAcknowledged, 250)
        const orderId = Callers.idOf(text)
        told.push({ status, orderId })
        if (!isOrderId(orderId)) return
        const look = asked({ _tag: "Read", orderId }, `/${orderId}`)
        yield* look
        if (n % 4 === 0) {
          yield* asked({ _tag: "Cancel", orderId }, `/${orderId}/cancel`, { body: { reason: "report" } })
        }
        yield* look
      })

    const fiber = yield* Effect.forkScoped(
      Effect.forEach(
        Array.from({ length: count }, (_, n) => `customer-${named}-${n}`),
        (client) => Effect.repeat(Effect.suspend(() => one(client)), { until: () => over }),
        { concurrency: "unbounded", discard: true }
      )
    )
    return {
      told,
      operations: recorder.operations,
      stop: Effect.zipRight(Effect.sync(() => over = true), fiber.await)
    }
  })

/** Somebody who asks until there is an answer, as people and their clients do, and writes down what they were told. */
import type { OrderId, PaymentId } from "@saucier/kernel/Ids"
import * as Ids from "@saucier/kernel/Ids"
import * as TypeId from "@saucier/kernel/TypeId"
import type { Preset } from "@saucier/payment/ProviderPresets"
import { sign } from "@saucier/payment/WebhookSignature"
import * as Ask from "@saucier/proof/Ask"
import * as Recorded from "@saucier/proof/Recorded"
import type { Call } from "@saucier/simulation/History"
import type { HistoryRecorder } from "@saucier/simulation/HistoryRecorder"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Life, secret } from "./Life.ts"

/** Nothing was done, or nobody knows: ask again. Where the provider is away it is no use. */
const passing = ({ status, text }: Ask.Answer) =>
  status === 0 || (status === 503 && !text.includes("\"payment-unavailable\""))

const seed = { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }

export const make = (life: Life, recorder: HistoryRecorder, name: string) => {
  const faults: Array<string> = []

  const once = (path: string, options: Ask.Options) =>
    Effect.tap(
      Effect.zipRight(life.up, Ask.ask(`${life.base}${path}`, options)),
      ({ status, text }) =>
        Effect.sync(() => {
          if (status >= 500 && status !== 503) {
            faults.push(`${path} answered ${status}: ${text.slice(0, 300)}`)
          }
        })
    )

  const patiently = <A extends Ask.Answer>(ask: Effect.Effect<A>): Effect.Effect<A> =>
    Effect.flatMap(
      ask,
      (answer) => passing(answer) ? Effect.delay(patiently(ask), "30 millis") : Effect.succeed(answer)
    )

  const ask = (path: string, options: Ask.Options = {}) => patiently(once(path, options))

  /** Each attempt is a call of its own. */
  const told = (call: Call, path: string, options: Ask.Options = {}) =>
    patiently(Recorded.ask(recorder, name, call, once(path, options)))

  /** Gives the order when there is one. */
  const place = (key: string) =>
    Effect.map(
      told({ _tag: "Place", key, request: JSON.stringify(seed) }, "/orders", {
        body: seed,
        headers: { "idempotency-key": key }
      }),
      (answer) => Recorded.orderIn(answer)?.id
    )

  const read = (orderId: OrderId) => told({ _tag: "Read", orderId }, `/orders/${orderId}`)

  const cancel = (orderId: OrderId) =>
    told({ _tag: "Cancel", orderId }, `/orders/${orderId}/cancel`, { body: { reason: "a test" } })

  /** Waits until the order has come to one of these, or to its end. */
  const reach = (orderId: OrderId, ...statuses: ReadonlyArray<string>): Effect.Effect<void> =>
    Effect.gen(function*() {
      const status = Recorded.orderIn(yield* ask(`/orders/${orderId}`))?.status
      if (status === undefined || ![...statuses, "Rejected", "Cancelled"].includes(status)) {
        return yield* Effect.delay(reach(orderId, ...statuses), "40 millis")
      }
      yield* read(orderId)
    })

  const deliveryOf = (orderId: OrderId) => `/deliveries/${Ids.deliveryIdOf(orderId)}`

  return {
    faults: () => faults,
    ask,
    place,
    read,
    cancel,
    reach,
    advance: (orderId: OrderId, ...steps: ReadonlyArray<string>) =>
      Effect.forEach(steps, (status) => ask(deliveryOf(orderId), { method: "PATCH", body: { status } }), {
        discard: true
      }),
    lookAtDelivery: (orderId: OrderId) => ask(deliveryOf(orderId)),
    behave: (preset: Preset) => ask("/ops/provider/preset", { method: "PUT", body: { preset } }),
    release: (paymentId: PaymentId) =>
      Effect.map(
        ask(`/ops/payments/${paymentId}/release`, { method: "POST", body: "" }),
        ({ status, text }) => {
          if (status !== 204) {
            faults.push(`the release of ${paymentId} answered ${status}: ${text.slice(0, 300)}`)
          }
        }
      ),
    /** Waits until the payment looks so, or there is none. */
    payment: (paymentId: PaymentId, wished: RegExp): Effect.Effect<void> => {
      const again: Effect.Effect<void> = Effect.flatMap(
        ask(`/payments/${paymentId}`),
        ({ status, text }) =>
          status === 404 || wished.test(text) ? Effect.void : Effect.delay(again, "60 millis")
      )
      return again
    },
    /** A webhook that tells of a capture of so much. */
    webhook: (paymentId: PaymentId, amount: number) =>
      Effect.gen(function*() {
        const now = yield* Clock.currentTimeMillis
        const id = `evt_${yield* TypeId.generate}`
        const timestamp = `${Math.floor(now / 1000)}`
        const money = { amount, currency: "KRW" }
        const body = JSON.stringify({ id, type: "charge.captured", key: paymentId, amount: money, at: now })
        return yield* ask("/webhooks/payments", {
          method: "POST",
          body,
          headers: {
            "webhook-id": id,
            "webhook-timestamp": timestamp,
            "webhook-signature": sign(Redacted.make(secret), { id, timestamp, body })
          }
        })
      })
  }
}
export type Customer = ReturnType<typeof make>

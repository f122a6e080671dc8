/** A system that answers at an address, one process or many. Its provider's mood belongs to the run alone. */
import { DeliveryStatus } from "@saucier/delivery/Delivery"
import { OrderId } from "@saucier/kernel/Ids"
import * as TypeId from "@saucier/kernel/TypeId"
import { OrderStatus } from "@saucier/order/Order"
import { PaymentStatus } from "@saucier/payment/Payment"
import * as Ask from "@saucier/proof/Ask"
import * as Recorded from "@saucier/proof/Recorded"
import * as Stopwatch from "@saucier/proof/Stopwatch"
import * as HistoryRecorder from "@saucier/simulation/HistoryRecorder"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { bodyOf, type Command, noSuffix, nothing, type Stand } from "./Model.ts"
import * as Room from "./Room.ts"
import type { Seen, Subject } from "./Subject.ts"

/** A breaker that opened would answer for the provider. */
export const settings = { SAUCIER_BREAKER_MINIMUM_CALLS: "100000" }

/** What the runs on one system have in common. */
export interface Shared {
  readonly base: string
  readonly recorder: HistoryRecorder.HistoryRecorder
  readonly room: Room.Room
}

export const share = (base: string): Shared => ({
  base,
  recorder: HistoryRecorder.make(),
  room: Room.make((preset) => Ask.ask(`${base}/ops/provider/preset`, { method: "PUT", body: { preset } }))
})

const statusIn = <Status, Encoded>(schema: Schema.Schema<Status, Encoded>) => {
  const decode = Schema.decodeOption(Schema.parseJson(Schema.Struct({ status: schema })))
  return ({ status, text }: Ask.Answer): Status | null =>
    status === 200 ? Option.getOrNull(Option.map(decode(text), ({ status }) => status)) : null
}
const orderIn = statusIn(OrderStatus)
const paymentIn = statusIn(PaymentStatus)
const deliveryIn = statusIn(DeliveryStatus)

const same = (a: Stand, b: Stand) =>
  a.order === b.order && a.payment === b.payment && a.delivery === b.delivery

/** One run's orders. Placing and cancelling is written down. `patience` is in seconds. */
export const make = ({ base, recorder, room }: Shared) => (patience: number): Effect.Effect<Subject> =>
  Effect.map(TypeId.generate, (run) => {
    const suffixes = [noSuffix, noSuffix]
    const first = new Map<number, unknown>()

    const place = (slot: number, body: unknown) =>
      Effect.gen(function*() {
        const key = `${run}-${slot}`
        const answer = yield* Recorded.ask(
          recorder,
          run,
          { _tag: "Place", key, request: JSON.stringify(body) },
          Ask.ask(`${base}/orders`, { body, headers: { "idempotency-key": key } })
        )
        const [, suffix] = /ord_([0-9a-z]{26})/.exec(answer.text) ?? []
        if (suffix !== undefined) suffixes[slot] = suffix
        return answer
      })

    const call = (command: Command): Effect.Effect<Ask.Answer> => {
      const { slot } = command
      const suffix = suffixes[slot]
      switch (command._tag) {
        case "Place":
          if (!first.has(slot)) first.set(slot, bodyOf(command))
          return place(slot, bodyOf(command))
        case "PlaceAgain":
          return place(slot, first.get(slot))
        case "Cancel":
          return Recorded.ask(
            recorder,
            run,
            { _tag: "Cancel", orderId: OrderId.make(`ord_${suffix}`) },
            Ask.ask(`${base}/orders/ord_${suffix}/cancel`, { body: { reason: "a test" } })
          )
        case "Advance":
          return Ask.ask(`${base}/deliveries/dlv_${suffix}`, {
            method: "PATCH",
            body: { status: command.step }
          })
        case "Inquire":
          return Ask.ask(`${base}/payments/pay_${suffix}/inquire`, { method: "POST", body: "" })
      }
    }

    const look = (slot: number): Effect.Effect<Stand> =>
      Effect.gen(function*() {
        const suffix = suffixes[slot]
        return {
          order: orderIn(yield* Ask.ask(`${base}/orders/ord_${suffix}`)),
          payment: paymentIn(yield* Ask.ask(`${base}/payments/pay_${suffix}`)),
          delivery: deliveryIn(yield* Ask.ask(`${base}/deliveries/dlv_${suffix}`))
        }
      })

    return {
      ask: (command, expected) =>
        Effect.gen(function*() {
          const { status } = yield* room.within("mood" in command ? command.mood : "instant", call(command))
          const elapsed = yield* Stopwatch.start
          const atRest: Effect.Effect<Seen> = Effect.gen(function*() {
            const stand = suffixes[command.slot] === noSuffix ? nothing : yield* look(command.slot)
            const hopeless = status !== expected.status || (yield* elapsed) > patience
            if (hopeless || same(stand, expected.stand)) return { status, stand }
            return yield* Effect.delay(atRest, "25 millis")
          })
          return yield* atRest
        })
    }
  })

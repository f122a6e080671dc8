import { assert, describe, it } from "@effect/vitest"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { StreamId } from "@saucier/eventsourcing/Event"
import * as Projection from "@saucier/eventsourcing/Projection"
import { CommandId } from "@saucier/kernel/CommandMeta"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import { type ChargeOutcome, RecordCharge, ReleasePayment, RequestPayment } from "@saucier/payment/Payment"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Engines from "../../readmodel/test/Engines.ts"
import * as LoyaltyPoints from "./LoyaltyPoints.ts"

const meta = (id: string) => ({
  commandId: CommandId.make(id),
  correlationId: "test",
  causationId: null,
  actor: "test",
  at: DateTime.unsafeMake(0)
})

/** A payment of a branch, as far as its actor has brought it. */
const payment = (n: number, branch: string, won: number) => {
  const orderId = Ids.orderId(`01h${String(n).padStart(23, "0")}`)
  const paymentId = Ids.paymentIdOf(orderId)
  const amount = { amount: MinorUnits.make(won), currency: "KRW" } as const
  const goods = { branchId: BranchId.make(branch), sauceId: SauceId.make("1"), quantity: Quantity.make(1) }
  const outcome: ChargeOutcome = { _tag: "Captured", reference: "r", amount }
  const own = { paymentId, orderId }
  const made = Aggregate.make(StreamId.make(`payment-${paymentId}`), paymentDecider, paymentCodec)
  return {
    capture: Effect.flatMap(made, (payment) =>
      Effect.zipRight(
        payment.execute(RequestPayment.make({ meta: meta(`${n}-request`), ...own, amount, goods })),
        payment.execute(RecordCharge.make({ meta: meta(`${n}-charge`), ...own, outcome }))
      )),
    release: Effect.flatMap(
      made,
      (payment) =>
        payment.execute(ReleasePayment.make({ meta: meta(`${n}-release`), ...own, reason: "cancelled" }))
    )
  }
}

const until = (branch: string, wished: number) =>
  Effect.repeat(LoyaltyPoints.pointsOf(branch), {
    until: (points) => points === wished,
    schedule: Schedule.spaced("5 millis")
  })

/** Its table is there before anybody looks into it. */
const projecting = Effect.flatMap(LoyaltyPoints.make, (points) => Effect.forkScoped(Projection.run(points)))

const points = (engine: Engines.Engine) =>
  describe(`a subscriber that nobody else knows, on ${engine.name}`, () => {
    it.scopedLive("counts what is paid, forgets what goes back, and counts nothing twice after a restart", () =>
      Effect.gen(function*() {
        const first = yield* projecting
        const [kept, returned] = [payment(1, "7", 12_500), payment(2, "7", 3_000)]
        yield* kept.capture
        yield* returned.capture
        yield* until("7", 15)
        yield* returned.release
        yield* until("7", 12)

        yield* Fiber.interrupt(first)
        const checkpoints = yield* Checkpoints
        assert.notStrictEqual(yield* checkpoints.load(LoyaltyPoints.name), "")
        yield* projecting
        yield* payment(3, "8", 1_000).capture
        yield* until("8", 1)
        assert.strictEqual(yield* LoyaltyPoints.pointsOf("7"), 12)
      }).pipe(Effect.provide(PaymentFeed.layer.pipe(Layer.provideMerge(engine.fresh)))))
  })

points(Engines.sqlite)
points(Engines.postgres())

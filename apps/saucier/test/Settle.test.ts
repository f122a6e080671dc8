/** Acceptance rows 1.2 to 1.4 and C2 on a virtual clock: money against the provider's ledger, minutes in a second. */
import { assert, describe, it } from "@effect/vitest"
import * as Ids from "@saucier/kernel/Ids"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import { type LedgerLine, ProviderLedger } from "@saucier/payment/ProviderLedger"
import { type Preset, ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { inVirtualTime } from "../../../packages/eventsourcing/test/SubscriptionWorld.ts"
import { memory, place, untilStatus, world } from "./MemoryWorld.ts"

const behave = (preset: Preset) =>
  Effect.flatMap(ProviderPresets, (presets) => presets.set({ preset, lostReplyRate: 0 }))

const statement = Effect.gen(function*() {
  const ledger = yield* ProviderLedger
  const lines: Array<LedgerLine> = []
  for (let after: string | null = ""; after !== null;) {
    const page: Effect.Effect.Success<ReturnType<typeof ledger.page>> = yield* ledger.page(after, 200)
    lines.push(...page.items)
    after = page.next
  }
  return lines
})

const ofType = (lines: ReadonlyArray<LedgerLine>, type: LedgerLine["type"]) =>
  lines.filter((line) => line.type === type)

const live = (title: string, preset: Preset, lostReplyRate: number, body: ReturnType<typeof bodyOf>) =>
  it.effect(title, () =>
    inVirtualTime(
      body.pipe(
        Effect.provide(world(memory("order"), memory("payment"), preset, lostReplyRate)),
        Effect.withRandom(Random.make(title))
      )
    ), 120_000)

const bodyOf = (
  body: Effect.Effect<
    void,
    unknown,
    Effect.Effect.Context<typeof place> | Effect.Effect.Context<typeof statement> | ProviderPresets
  >
) => body

describe("the provider's ledger", () => {
  live(
    "holds the price of every live order, once, when one reply in ten is lost; none is unsettled for 10 s",
    "seed",
    0.1,
    bodyOf(Effect.gen(function*() {
      const one = Effect.gen(function*() {
        const { order, placed } = yield* place
        const since = yield* Clock.currentTimeMillis
        assert(placed.state._tag === "Order")
        const { status } = placed.state
        yield* untilStatus(order, "Preparing")
        return { status, millis: (yield* Clock.currentTimeMillis) - since }
      })
      const orders = yield* Effect.replicateEffect(one, 300, { concurrency: 10 })
      assert.isAbove(orders.filter(({ status }) => status === "PaymentPending").length, 10)
      assert.isBelow(Math.max(...orders.map(({ millis }) => millis)), 10_000)
      const lines = yield* statement
      assert.lengthOf(ofType(lines, "charge.captured"), 300)
      assert.lengthOf(lines, 300)
    }))
  )

  live(
    "took nothing for an order that was turned away while it was down, and will never do so",
    "down",
    0,
    bodyOf(Effect.gen(function*() {
      const since = yield* Clock.currentTimeMillis
      const { placed } = yield* place
      assert.deepInclude(placed.state, { status: "Rejected", rejection: "payment-unavailable" })
      assert.isBelow((yield* Clock.currentTimeMillis) - since, 2000)
      yield* behave("instant")
      yield* Effect.sleep("5 minutes")
      assert.deepStrictEqual((yield* statement).map(({ type }) => type), ["charge.voided"])
    }))
  )

  live(
    "shows the refund of a cancelled order when the provider is back, however long it was away, and one only",
    "instant",
    0,
    bodyOf(Effect.gen(function*() {
      const { order, placed } = yield* place
      assert(placed.state._tag === "Order")
      const payment = (yield* PaymentEntity.client)(Ids.paymentIdOf(placed.state.orderId))
      yield* behave("down")
      const meta = yield* RequestMeta.make("cancel", "branch:1")
      const cancelled = yield* order.CancelOrder({ meta, reason: "late", expected: null })
      assert.strictEqual(cancelled.refund, "owed")
      yield* Effect.sleep("3 minutes")
      const owed = yield* payment.GetPayment()
      assert.deepInclude(owed.state, {
        status: "RefundRequested",
        attention: "the provider has not given the money back"
      })
      yield* behave("instant")
      yield* Effect.sleep("1 minute")
      const settled = yield* payment.GetPayment()
      assert.deepInclude(settled.state, { status: "Refunded", attention: null })
      assert.lengthOf(ofType(yield* statement, "charge.refunded"), 1)
    }))
  )

  live(
    "gives back what it took for an order that was cancelled before anybody knew",
    "lost-reply",
    0,
    bodyOf(Effect.gen(function*() {
      const { order, placed } = yield* place
      assert.deepInclude(placed.state, { status: "PaymentPending" })
      yield* behave("down")
      const meta = yield* RequestMeta.make("cancel", "branch:1")
      yield* order.CancelOrder({ meta, reason: "took too long", expected: null })
      yield* untilStatus(order, "Cancelled")
      yield* Effect.sleep("10 seconds")
      assert.lengthOf(ofType(yield* statement, "charge.refunded"), 0)
      yield* behave("instant")
      yield* Effect.sleep("1 minute")
      const lines = yield* statement
      assert.deepStrictEqual(lines.map(({ type }) => type), ["charge.captured", "charge.refunded"])
    }))
  )
})

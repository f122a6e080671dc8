/** Payment, delivery and the cancellation each tell the order their own story in order; their stories interleave freely. */
import { assert, describe, it } from "@effect/vitest"
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { CancelOrder, type DeliveryStage, type OrderCommand } from "@saucier/order/Order"
import {
  AwaitPayment,
  ConfirmCancellation,
  ConfirmPayment,
  ReturnOrder,
  TrackDelivery
} from "@saucier/order/Order"
import { orderDecider } from "@saucier/order/OrderDecider"
import * as Arbitrary from "effect/Arbitrary"
import * as Array from "effect/Array"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import { endOf, eventsOf, place, play, statusOf } from "./OrderHistory.ts"

const runs = { fastCheck: { numRuns: 200 } }

type Story = ReadonlyArray<(meta: CommandMeta) => OrderCommand>

const payment: Story = [(meta) => AwaitPayment.make({ meta }), (meta) => ConfirmPayment.make({ meta })]
const track = (...stages: ReadonlyArray<DeliveryStage>): Story =>
  stages.map((stage) => (meta: CommandMeta) => TrackDelivery.make({ meta, stage }))
const comesBack: Story = [(meta) => ReturnOrder.make({ meta })]
const cancel: Story = [(meta) => CancelOrder.make({ meta, reason: "ordered twice" })]
const cancelled: Story = [...cancel, (meta) => ConfirmCancellation.make({ meta })]

/** A feed may go back once to its last checkpoint and tell the rest of its story again. */
const retold = (story: Story) =>
  FastCheck.tuple(FastCheck.nat(story.length), FastCheck.nat(story.length)).map(([told, back]): Story =>
    story.slice(0, told).concat(story.slice(Math.min(told, back)))
  )

/** `pick` chooses, by its remainders, whose turn is next. */
const merge = (stories: ReadonlyArray<Story>, pick: number): Story => {
  const open = stories.filter((story) => story.length > 0)
  const chosen = open[pick % open.length]
  if (chosen === undefined) return []
  const rest = open.map((story) => (story === chosen ? story.slice(1) : story))
  return [...chosen.slice(0, 1), ...merge(rest, Math.floor(pick / open.length))]
}

/** A placed order that hears these stories, retold and interleaved at random. */
const interleaved = (...stories: ReadonlyArray<Story>): FastCheck.Arbitrary<ReadonlyArray<OrderCommand>> =>
  FastCheck.tuple(
    place,
    Arbitrary.make(CommandMeta),
    FastCheck.tuple(...stories.map(retold)),
    FastCheck.maxSafeNat()
  ).map(([first, meta, told, pick]) => Array.prepend(merge(told, pick).map((tell) => tell(meta)), first))

const end = (commands: ReadonlyArray<OrderCommand>) => statusOf(endOf(play(commands)))

describe("an order that hears of its payment and its delivery in any interleaving", () => {
  it.prop("is delivered, though delivery may outrun payment", [
    interleaved(payment, track("Preparing", "Dispatched", "Delivered"))
  ], ([commands]) => {
    const steps = play(commands)
    assert.strictEqual(statusOf(endOf(steps)), "Delivered")
    const tags = eventsOf(steps).map((event) => event._tag).filter((tag) => tag !== "OrderPaymentPending")
    assert.deepStrictEqual(tags, [
      "OrderRegistered",
      "OrderPaid",
      "OrderPreparing",
      "OrderDispatched",
      "OrderDelivered"
    ])
  }, runs)

  it.prop(
    "is dispatched although its cancellation was asked for",
    [
      interleaved(payment, track("Preparing", "Dispatched"), cancel)
    ],
    ([commands]) => assert.strictEqual(end(commands), "Dispatched"),
    runs
  )

  it.prop(
    "is dispatched also when the stage before was never told",
    [
      interleaved(payment, track("Dispatched"), cancel)
    ],
    ([commands]) => assert.strictEqual(end(commands), "Dispatched"),
    runs
  )

  it.prop(
    "is cancelled once delivery has agreed to it",
    [
      interleaved(payment, track("Preparing"), cancelled)
    ],
    ([commands]) => assert.strictEqual(end(commands), "Cancelled"),
    runs
  )

  it.prop(
    "is cancelled once its parcel has come back, whoever tells it first and however often",
    [interleaved(payment, track("Preparing", "Dispatched"), comesBack, cancel)],
    ([commands]) => {
      const steps = play(commands)
      const state = endOf(steps)
      assert(state._tag === "Order")
      assert.deepStrictEqual([state.status, state.returned], ["Cancelled", true])
      const late = steps.slice(steps.findIndex(({ after }) => statusOf(after) === "Cancelled"))
      const heard = late.filter(({ command }) => command._tag === "TrackDelivery")
      for (const { before, command } of heard) {
        assert.isTrue(Either.isRight(orderDecider.decide(command, before)), command._tag)
      }
    },
    runs
  )

  it.prop(
    "is paid whether or not the wait for the payment was told first",
    [
      interleaved(payment, payment)
    ],
    ([commands]) => assert.strictEqual(end(commands), "Paid"),
    runs
  )

  it.prop("is known as paid also when its payment was confirmed during its cancellation", [
    interleaved(payment, cancel)
  ], ([commands]) => {
    const state = endOf(play(commands))
    assert(state._tag === "Order")
    assert.deepStrictEqual([state.status, state.resume], ["Cancelling", "Paid"])
  }, runs)
})

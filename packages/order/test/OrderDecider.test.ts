import { assert, describe, it } from "@effect/vitest"
import { fold } from "@saucier/eventsourcing/Decider"
import { CommandId } from "@saucier/kernel/CommandMeta"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { paymentIdOf } from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import {
  type DeliveryStage,
  OrderCommand,
  OrderEvent,
  OrderRejection,
  OrderState,
  OrderStatus,
  ReturnOrder,
  TrackDelivery
} from "@saucier/order/Order"
import { orderDecider } from "@saucier/order/OrderDecider"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { anyCommand, commands, endOf, eventsOf, orderId, play, statusOf, take } from "./OrderHistory.ts"

const runs = { fastCheck: { numRuns: 200 } }

/** Where a status may lead by one event. What cancelling leads back to is pinned by a test of its own. */
const allowed: Readonly<Record<OrderStatus | "Empty", ReadonlyArray<OrderStatus>>> = {
  Empty: ["Registered"],
  Registered: ["PaymentPending", "Paid", "Rejected", "Cancelling"],
  PaymentPending: ["Paid", "Rejected", "Cancelling"],
  Paid: ["Preparing", "Cancelling"],
  Preparing: ["Dispatched", "Cancelling"],
  Dispatched: ["Delivered", "Cancelled"],
  Delivered: [],
  Rejected: [],
  Cancelling: ["Cancelling", "Cancelled", "Registered", "PaymentPending", "Paid", "Preparing"],
  Cancelled: []
}

const ends: ReadonlySet<OrderEvent["_tag"]> = new Set(["OrderRejected", "OrderCancelled", "OrderDelivered"])
const milestones: ReadonlyArray<OrderEvent["_tag"]> = [
  "OrderRegistered",
  "OrderPaid",
  "OrderPreparing",
  "OrderDispatched",
  "OrderDelivered"
]

const folded = (events: ReadonlyArray<OrderEvent>) => fold(orderDecider, orderDecider.initial, events)
const prefixes = (events: ReadonlyArray<OrderEvent>) => events.map((_, index) => events.slice(0, index + 1))
const count = (events: ReadonlyArray<OrderEvent>, tag: OrderEvent["_tag"]) =>
  events.filter((event) => event._tag === tag).length

describe("orderDecider is total", () => {
  it.prop(
    "decides every command in every state its schema admits",
    [OrderCommand, OrderState],
    ([command, state]) => {
      Either.match(orderDecider.decide(command, state), {
        onLeft: (rejection) => assert.isTrue(Schema.is(OrderRejection)(rejection)),
        onRight: (events) => {
          for (const event of events) assert.isTrue(Schema.is(OrderEvent)(event), event._tag)
          assert.isTrue(Schema.is(OrderState)(fold(orderDecider, state, events)))
        }
      })
    },
    runs
  )

  it.prop(
    "evolves every state by every event its schema admits",
    [OrderState, OrderEvent],
    ([state, event]) => {
      assert.isTrue(Schema.is(OrderState)(orderDecider.evolve(state, event)))
    },
    runs
  )
})

describe("the histories of these tests", () => {
  it("reach every status and record every event", () => {
    const steps = FastCheck.sample(commands, { numRuns: 500, seed: 1 }).flatMap(play)
    const reached = new Set<string>(steps.map((step) => statusOf(step.after)))
    assert.deepStrictEqual(["Empty", ...OrderStatus.literals].filter((status) => !reached.has(status)), [])
    const recorded = eventsOf(steps)
    const members: ReadonlyArray<Schema.Schema.AnyNoContext> = OrderEvent.members
    for (const member of members) assert.isTrue(recorded.some(Schema.is(member)), `${member.ast}`)
  })
})

describe("an order", () => {
  it.prop("registers once, before anything else, with what was asked for", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    const [first] = events
    if (first === undefined) return
    assert(first._tag === "OrderRegistered")
    assert.strictEqual(count(events, "OrderRegistered"), 1)
    const asked = commands.find((command) => command._tag === "PlaceOrder")
    assert.deepStrictEqual([first.goods, first.price], [asked?.goods, asked?.price])
    assert.strictEqual(first.paymentId, paymentIdOf(orderId))
  }, runs)

  it.prop("keeps what was ordered, whatever happens to it", [commands], ([commands]) => {
    const [first, ...later] = play(commands).map((step) => step.after).filter((state) =>
      state._tag === "Order"
    )
    for (const { goods, orderId, paymentId, price, registeredAt } of later) {
      assert.deepInclude(first, { goods, orderId, paymentId, price, registeredAt })
    }
  }, runs)

  it.prop("moves along the allowed graph only", [commands], ([commands]) => {
    prefixes(eventsOf(play(commands))).reduce((before, prefix) => {
      const after = statusOf(folded(prefix))
      assert(after !== "Empty")
      assert.include(allowed[before], after)
      return after
    }, statusOf(orderDecider.initial))
  }, runs)

  it.prop("ends once, and nothing follows its end", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    const end = events.findIndex((event) => ends.has(event._tag))
    if (end !== -1) assert.strictEqual(end, events.length - 1)
  }, runs)

  it.prop("is cancelled though it has left only if it came back", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    for (const event of events) {
      if (event._tag !== "OrderCancelled") continue
      assert.strictEqual(count(events, "OrderDispatched"), event.returned === true ? 1 : 0)
    }
    const after = endOf(play(commands))
    const back = events.some((event) => event._tag === "OrderCancelled" && event.returned === true)
    assert.strictEqual(after._tag === "Order" && after.returned === true, back)
  }, runs)

  it.prop("is never both rejected and paid", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    assert.isAtMost(count(events, "OrderRejected") + count(events, "OrderPaid"), 1)
  }, runs)

  it.prop("passes its milestones in order, each once, none left out", [commands], ([commands]) => {
    const passed = eventsOf(play(commands)).map((event) => event._tag).filter((tag) =>
      milestones.includes(tag)
    )
    assert.deepStrictEqual(passed, milestones.slice(0, passed.length))
  }, runs)

  it.prop("returns from a refused cancellation to where it would stand without", [commands], ([commands]) => {
    for (const prefix of prefixes(eventsOf(play(commands)))) {
      const state = folded(prefix)
      const without = folded(
        prefix.filter(({ _tag }) =>
          _tag !== "OrderCancellationRequested" && _tag !== "OrderCancellationRefused"
        )
      )
      assert(state._tag === "Order")
      if (state.status === "Cancelling") assert.strictEqual(state.resume, statusOf(without))
      else assert.deepStrictEqual(state, without)
    }
  }, runs)

  it.prop(
    "does nothing new when a command comes twice in a row",
    [commands, anyCommand],
    ([commands, command]) => {
      const once = take(endOf(play(commands)), command)
      const twice = orderDecider.decide(command, once.after)
      assert.deepStrictEqual(Either.getOrElse(twice, () => []), [])
      if (once.events.length > 0 && command._tag !== "PlaceOrder") assert.isTrue(Either.isRight(twice))
    },
    runs
  )

  it("that was cancelled hears without complaint that its delivery had begun, but not that it has left", () => {
    const cancelled: OrderState = {
      _tag: "Order",
      orderId,
      goods: { branchId: BranchId.make("1"), sauceId: SauceId.make("1"), quantity: Quantity.make(1) },
      price: { amount: MinorUnits.make(1), currency: "KRW" },
      paymentId: paymentIdOf(orderId),
      status: "Cancelled",
      resume: null,
      rejection: null,
      rejectedAt: null,
      registeredAt: DateTime.unsafeMake(0)
    }
    const meta = {
      commandId: CommandId.make("x"),
      correlationId: "x",
      causationId: null,
      actor: "x",
      at: DateTime.unsafeMake(0)
    }
    const tracked = (stage: DeliveryStage) =>
      orderDecider.decide(TrackDelivery.make({ meta, stage }), cancelled)
    assert.deepStrictEqual(tracked("Preparing"), Either.right([]))
    assert.isTrue(Either.isLeft(tracked("Dispatched")))
    assert.isTrue(Either.isLeft(orderDecider.decide(ReturnOrder.make({ meta }), cancelled)))
  })
})

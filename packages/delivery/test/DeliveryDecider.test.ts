import { assert, describe, it } from "@effect/vitest"
import {
  AdvanceDelivery,
  CancelDelivery,
  DeliveryCommand,
  DeliveryEvent,
  DeliveryRejection,
  DeliveryState,
  DeliveryStatus,
  DeliveryStep,
  maxStages,
  PrepareDelivery
} from "@saucier/delivery/Delivery"
import { deliveryDecider } from "@saucier/delivery/DeliveryDecider"
import { fold } from "@saucier/eventsourcing/Decider"
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { Goods } from "@saucier/kernel/Goods"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { about, anyCommand, commands, endOf, eventsOf, play, statusOf, take } from "./DeliveryHistory.ts"

const runs = { fastCheck: { numRuns: 200 } }

type Standing = DeliveryStatus | "Empty" | "Tombstone"

/** Where a status may lead by one event. */
const allowed: Readonly<Record<Standing, ReadonlyArray<Standing>>> = {
  Empty: ["Preparing", "Tombstone"],
  Tombstone: [],
  Preparing: ["Dispatched", "Cancelled"],
  Dispatched: ["Delivered", "Failed"],
  Failed: ["Replanned", "Returned"],
  Replanned: ["Dispatched", "Returned"],
  Delivered: [],
  Returned: [],
  Cancelled: []
}

const folded = (events: ReadonlyArray<DeliveryEvent>) =>
  fold(deliveryDecider, deliveryDecider.initial, events)
const count = (events: ReadonlyArray<DeliveryEvent>, tag: DeliveryEvent["_tag"]) =>
  events.filter((event) => event._tag === tag).length

describe("deliveryDecider is total", () => {
  it.prop("decides every command in every state its schema admits", [DeliveryCommand, DeliveryState], ([
    command,
    state
  ]) => {
    Either.match(deliveryDecider.decide(command, state), {
      onLeft: (rejection) => assert.isTrue(Schema.is(DeliveryRejection)(rejection)),
      onRight: (events) => {
        for (const event of events) assert.isTrue(Schema.is(DeliveryEvent)(event), event._tag)
        assert.isTrue(Schema.is(DeliveryState)(fold(deliveryDecider, state, events)))
      }
    })
  }, runs)

  it.prop(
    "evolves every state by every event its schema admits",
    [DeliveryState, DeliveryEvent],
    ([state, event]) => {
      assert.isTrue(Schema.is(DeliveryState)(deliveryDecider.evolve(state, event)))
    },
    runs
  )
})

describe("the histories of these tests", () => {
  it("reach every status and record every event", () => {
    const steps = FastCheck.sample(commands, { numRuns: 500, seed: 1 }).flatMap(play)
    const reached = new Set<string>(steps.map((step) => statusOf(step.after)))
    const statuses = ["Empty", "Tombstone", ...DeliveryStatus.literals]
    assert.deepStrictEqual(statuses.filter((status) => !reached.has(status)), [])
    const recorded = eventsOf(steps)
    const members: ReadonlyArray<Schema.Schema.AnyNoContext> = DeliveryEvent.members
    for (const member of members) assert.isTrue(recorded.some(Schema.is(member)), `${member.ast}`)
  })
})

describe("a delivery", () => {
  it.prop("moves along the allowed graph only, and lists each stage", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    events.reduce((before, { at }, index) => {
      const state = folded(events.slice(0, index + 1))
      const after = statusOf(state)
      assert.include(allowed[before], after)
      if (state._tag === "Delivery") assert.deepStrictEqual(state.stages.at(-1), { status: state.status, at })
      return after
    }, statusOf(deliveryDecider.initial))
  }, runs)

  it.prop("is prepared at most once, with the goods first asked for", [commands], ([commands]) => {
    const steps = play(commands)
    const events = eventsOf(steps)
    assert.isAtMost(count(events, "DeliveryPrepared"), 1)
    const state = endOf(steps)
    const asked = commands.find((command) => command._tag === "PrepareDelivery")
    if (state._tag === "Delivery") assert.deepStrictEqual(state.goods, asked?.goods)
  }, runs)

  it.prop("is never both cancelled and dispatched", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    const both = count(events, "DeliveryCancelled") > 0 && count(events, "DeliveryDispatched") > 0
    assert.isFalse(both)
    assert.isAtMost(count(events, "DeliveryCancelled"), 1)
  }, runs)

  it.prop("sends nothing when it was cancelled before it was prepared", [commands], ([commands]) => {
    const steps = play(commands)
    if (!steps.some(({ after }) => after._tag === "Tombstone")) return
    assert.deepStrictEqual(eventsOf(steps).map(({ _tag }) => _tag), ["DeliveryCancelled"])
    assert.strictEqual(endOf(steps)._tag, "Tombstone")
  }, runs)

  it.prop(
    "does nothing new when a command comes twice in a row",
    [commands, anyCommand],
    ([commands, command]) => {
      const once = take(endOf(play(commands)), command)
      const twice = deliveryDecider.decide(command, once.after)
      assert.deepStrictEqual(Either.getOrElse(twice, () => []), [])
      if (once.events.length > 0) assert.isTrue(Either.isRight(twice))
    },
    runs
  )

  it.prop("ends as either cancelled or dispatched when both are tried, in any order", {
    meta: CommandMeta,
    goods: Goods,
    order: FastCheck.shuffledSubarray(["prepare", "cancel", "dispatch"], { minLength: 3 })
  }, ({ goods, meta, order }) => {
    const told = {
      prepare: PrepareDelivery.make({ meta, ...about, goods }),
      cancel: CancelDelivery.make({ meta, ...about, reason: "the order was cancelled" }),
      dispatch: AdvanceDelivery.make({ meta, step: "Dispatched" })
    }
    const steps = play(
      order.flatMap((
        name
      ) => (name === "prepare" || name === "cancel" || name === "dispatch" ? [told[name]] : []))
    )
    assert.include(["Tombstone", "Cancelled", "Dispatched"], statusOf(endOf(steps)))
  })

  it.prop("keeps a bounded list of stages, however often it fails, and can still end", {
    meta: CommandMeta,
    goods: Goods,
    choices: FastCheck.array(
      FastCheck.constantFrom(
        ...DeliveryStep.literals.filter((step) => step !== "Delivered" && step !== "Returned")
      ),
      {
        minLength: 400,
        maxLength: 500,
        size: "max"
      }
    )
  }, ({ choices, goods, meta }) => {
    const worn = endOf(play([
      PrepareDelivery.make({ meta, ...about, goods }),
      ...choices.map((step) => AdvanceDelivery.make({ meta, step }))
    ]))
    assert(worn._tag === "Delivery")
    assert.isAtLeast(worn.stages.length, maxStages)
    assert.isAtMost(worn.stages.length, maxStages + 2)
    const returned = DeliveryStep.literals.map((step) =>
      take(worn, AdvanceDelivery.make({ meta, step })).after
    )
    assert.isTrue(returned.some((state) => statusOf(state) === "Delivered" || statusOf(state) === "Returned"))
  }, { fastCheck: { numRuns: 10 } })
})

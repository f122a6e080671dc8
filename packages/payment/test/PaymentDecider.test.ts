import { assert, describe, it } from "@effect/vitest"
import { fold } from "@saucier/eventsourcing/Decider"
import { CommandId, CommandMeta } from "@saucier/kernel/CommandMeta"
import { Goods } from "@saucier/kernel/Goods"
import { Money } from "@saucier/kernel/Money"
import {
  ChargeOutcome,
  type Payment,
  PaymentCommand,
  PaymentEvent,
  PaymentRejection,
  PaymentState,
  PaymentStatus,
  RecordCharge,
  RecordRefund,
  RecordVoid,
  type RefundOutcome,
  RefusePayment,
  ReleasePayment,
  RequestPayment
} from "@saucier/payment/Payment"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import * as Arbitrary from "effect/Arbitrary"
import * as Array from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import {
  about,
  anyCommand,
  commands,
  endOf,
  eventsOf,
  play,
  statusOf,
  take,
  total
} from "./PaymentHistory.ts"

const captured: ChargeOutcome = { _tag: "Captured", reference: "ch_1", amount: total }
const same = Schema.equivalence(Money)

const at = (seconds: number): CommandMeta => ({
  commandId: CommandId.make(`at-${seconds}`),
  correlationId: "test",
  causationId: null,
  actor: "test",
  at: DateTime.unsafeMake(seconds * 1000)
})

const runs = { fastCheck: { numRuns: 200 } }

type Standing = PaymentStatus | "Empty" | "Tombstone"

/** Where a status may lead by one event; Captured, unwanted, leads on to RefundRequested in the same decision. */
const allowed: Readonly<Record<Standing, ReadonlyArray<Standing>>> = {
  Empty: ["Requested", "Tombstone"],
  Tombstone: [],
  Requested: ["Requested", "Captured", "Declined", "Failed", "Unknown", "Voided"],
  Unknown: ["Unknown", "Captured", "Declined", "Voided"],
  Captured: ["RefundRequested"],
  Declined: ["Captured"],
  Failed: ["Failed", "Captured"],
  Voided: ["Captured"],
  RefundRequested: ["RefundRequested", "Refunded"],
  Refunded: []
}

const only = <Tag extends PaymentEvent["_tag"]>(events: ReadonlyArray<PaymentEvent>, tag: Tag) =>
  events.filter((event): event is Extract<PaymentEvent, { readonly _tag: Tag }> => event._tag === tag)

const folded = (events: ReadonlyArray<PaymentEvent>) => fold(paymentDecider, paymentDecider.initial, events)

describe("paymentDecider is total", () => {
  it.prop(
    "decides every command in every state its schema admits",
    [PaymentCommand, PaymentState],
    ([command, state]) => {
      Either.match(paymentDecider.decide(command, state), {
        onLeft: (rejection) => assert.isTrue(Schema.is(PaymentRejection)(rejection)),
        onRight: (events) => {
          for (const event of events) assert.isTrue(Schema.is(PaymentEvent)(event), event._tag)
          assert.isTrue(Schema.is(PaymentState)(fold(paymentDecider, state, events)))
        }
      })
    },
    runs
  )

  it.prop(
    "evolves every state by every event its schema admits",
    [PaymentState, PaymentEvent],
    ([state, event]) => {
      assert.isTrue(Schema.is(PaymentState)(paymentDecider.evolve(state, event)))
    },
    runs
  )
})

describe("the histories of these tests", () => {
  it("reach every status and record every event", () => {
    const steps = FastCheck.sample(commands, { numRuns: 500, seed: 1 }).flatMap(play)
    const reached = new Set<string>(steps.map((step) => statusOf(step.after)))
    const statuses = ["Empty", "Tombstone", ...PaymentStatus.literals]
    assert.deepStrictEqual(statuses.filter((status) => !reached.has(status)), [])
    const recorded = eventsOf(steps)
    const members: ReadonlyArray<Schema.Schema.AnyNoContext> = PaymentEvent.members
    for (const member of members) assert.isTrue(recorded.some(Schema.is(member)), `${member.ast}`)
    assert.deepStrictEqual(
      new Set(only(recorded, "PaymentCaptured").map(({ wanted }) => wanted)),
      new Set([true, false])
    )
  })
})

const wants = ({ release, status }: Payment) =>
  release === null && (status === "Requested" || status === "Unknown")

describe("a payment", () => {
  it.prop(
    "takes no other amount than it wants: it asks for attention, once, and stays as it is",
    [commands, Money],
    ([commands, amount]) => {
      const before = endOf(play(commands))
      if (before._tag !== "Payment" || !wants(before) || same(amount, before.amount)) return
      const outcome: ChargeOutcome = { _tag: "Captured", reference: "ch_1", amount }
      const told = RecordCharge.make({ meta: at(0), ...about, outcome })
      const { after, events } = take({ ...before, attention: null }, told)
      assert.deepStrictEqual(events.map(({ _tag }) => _tag), ["PaymentAttentionRaised"])
      assert(after._tag === "Payment" && after.attention !== null)
      assert.deepStrictEqual({ ...after, attention: null }, { ...before, attention: null })
      assert.deepStrictEqual(take(after, told).events, [])
    },
    runs
  )

  it("asks for attention, once, when the provider leaves its outcome open for a minute", () => {
    const silent = (seconds: number) =>
      RecordCharge.make({ meta: at(seconds), ...about, outcome: { _tag: "Silent", detail: "no answer" } })
    const [request] = FastCheck.sample(Arbitrary.make(RequestPayment), { numRuns: 1, seed: 1 })
    assert.isDefined(request)
    const steps = play([
      { ...request, ...about, amount: total, meta: at(0) },
      silent(3),
      silent(59),
      silent(60),
      silent(90),
      RecordCharge.make({ meta: at(91), ...about, outcome: captured })
    ])
    assert.deepStrictEqual(steps.map(({ events }) => events.map(({ _tag }) => _tag)), [
      ["PaymentRequested"],
      ["PaymentOutcomeUnknown"],
      [],
      ["PaymentAttentionRaised"],
      [],
      ["PaymentCaptured"]
    ])
    assert.deepInclude(endOf(steps), { status: "Captured", attention: null })
  })

  it.prop(
    "that may not be asked for at this moment begins and ends at once, unless something is known of it",
    [FastCheck.oneof(commands, FastCheck.constant([])), RefusePayment],
    ([commands, refused]) => {
      const before = endOf(play(commands))
      const { after, events } = take(before, { ...refused, ...about, amount: total })
      const tags = events.map(({ _tag }) => _tag)
      assert.deepStrictEqual(tags, before._tag === "Empty" ? ["PaymentRequested", "PaymentFailed"] : [])
      if (before._tag === "Empty") assert.deepInclude(after, { status: "Failed", amount: total })
    },
    runs
  )

  it.prop(
    "that failed is made sure of at the provider once its order has ended, unless nobody had been asked",
    {
      meta: CommandMeta,
      goods: Goods,
      asked: FastCheck.boolean()
    },
    ({ asked, goods, meta }) => {
      const outcome: ChargeOutcome = { _tag: "Refused", detail: "connection refused" }
      const request = { meta, ...about, amount: total, goods }
      const release = ReleasePayment.make({ meta, ...about, reason: "the order was rejected" })
      const steps = play([
        ...(asked
          ? [RequestPayment.make(request), RecordCharge.make({ meta, ...about, outcome, took: 12 })]
          : [RefusePayment.make({ ...request, refusal: outcome })]),
        release,
        RecordCharge.make({ meta, ...about, outcome: { _tag: "Silent", detail: "no answer" }, took: 3000 }),
        RecordVoid.make({ meta, ...about, took: 20 }),
        release
      ])
      const tags = eventsOf(steps).slice(2).map(({ _tag }) => _tag)
      assert.deepStrictEqual(tags, asked ? ["PaymentVoidRequested", "PaymentVoided"] : [])
      assert.strictEqual(statusOf(endOf(steps)), "Failed")
    },
    { fastCheck: { numRuns: 20 } }
  )

  it("that failed is done with when another process's charge was declined, and needs a look while nobody tells", () => {
    const [request] = FastCheck.sample(Arbitrary.make(RequestPayment), { numRuns: 1, seed: 1 })
    assert.isDefined(request)
    const told = (seconds: number, outcome: ChargeOutcome) =>
      RecordCharge.make({ meta: at(seconds), ...about, outcome, took: 12 })
    const steps = play([
      { ...request, ...about, amount: total, meta: at(0) },
      told(1, { _tag: "Refused", detail: "no connection" }),
      ReleasePayment.make({ meta: at(100), ...about, reason: "the order was rejected" }),
      ...[159, 160, 170].map((seconds) => told(seconds, { _tag: "Silent", detail: "no answer" })),
      told(180, { _tag: "Declined", code: "card_declined" })
    ])
    assert.deepStrictEqual(steps.map(({ events }) => events.map(({ _tag }) => _tag)), [
      ["PaymentRequested"],
      ["PaymentFailed"],
      ["PaymentVoidRequested"],
      [],
      ["PaymentAttentionRaised"],
      [],
      ["PaymentVoided"]
    ])
    assert.deepInclude(endOf(steps), { status: "Failed", attention: null })
  })

  it.prop(
    "does not fail by a refusal once its order has ended: only the provider's mark tells that nobody is charged",
    {
      meta: CommandMeta,
      goods: Goods
    },
    ({ goods, meta }) => {
      const end = endOf(play([
        RequestPayment.make({ meta, ...about, amount: total, goods }),
        ReleasePayment.make({ meta, ...about, reason: "the order was cancelled" }),
        RecordCharge.make({
          meta,
          ...about,
          outcome: { _tag: "Refused", detail: "connection refused" },
          took: 12
        })
      ]))
      assert.strictEqual(statusOf(end), "Requested")
      assert.strictEqual(statusOf(take(end, RecordVoid.make({ meta, ...about })).after), "Voided")
    },
    { fastCheck: { numRuns: 5 } }
  )

  it.prop("moves along the allowed graph only", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    events.reduce((before, { _tag }, index) => {
      const after = statusOf(folded(events.slice(0, index + 1)))
      const looks = _tag === "PaymentAttentionRaised" || _tag === "PaymentAttentionCleared"
      assert.include(looks ? [before] : allowed[before], after)
      return after
    }, statusOf(paymentDecider.initial))
  }, runs)

  it.prop(
    "is captured at most once, and as wanted only with exactly the amount it was requested with",
    [commands],
    ([commands]) => {
      const events = eventsOf(play(commands))
      const requested = only(events, "PaymentRequested")
      const captured = only(events, "PaymentCaptured")
      assert.isAtMost(requested.length, 1)
      assert.isAtMost(captured.length, requested.length)
      for (const { amount, goods, wanted } of captured) {
        assert.deepStrictEqual(goods, requested[0]?.goods)
        if (wanted) assert.deepStrictEqual(amount, requested[0]?.amount)
      }
    },
    runs
  )

  it.prop("records the first capture that the provider tells of, however late", [commands], ([commands]) => {
    const steps = play(commands)
    const told = steps.find(({ before, command }) =>
      before._tag === "Payment" && command._tag === "RecordCharge" && command.outcome._tag === "Captured" &&
      (same(command.outcome.amount, before.amount) || !wants(before))
    )
    assert.strictEqual(only(eventsOf(steps), "PaymentCaptured").length, told === undefined ? 0 : 1)
    if (told !== undefined) assert.strictEqual(told.events[0]?._tag, "PaymentCaptured")
  }, runs)

  it.prop(
    "is refunded at most once, after the refund was asked for, after a capture",
    [commands],
    ([commands]) => {
      const steps = eventsOf(play(commands)).filter(({ _tag }) =>
        _tag === "PaymentCaptured" || _tag === "RefundRequested" || _tag === "PaymentRefunded"
      )
      const order = ["PaymentCaptured", "RefundRequested", "PaymentRefunded"].slice(0, steps.length)
      assert.deepStrictEqual(steps.map(({ _tag }) => _tag), order)
    },
    runs
  )

  it.prop("refunds exactly what was captured", [commands], ([commands]) => {
    const events = eventsOf(play(commands))
    const [captured] = only(events, "PaymentCaptured")
    for (const { amount } of [...only(events, "RefundRequested"), ...only(events, "PaymentRefunded")]) {
      assert.deepStrictEqual(amount, captured?.amount)
    }
  }, runs)

  it.prop("asks for the refund of an unwanted capture in the same decision", [commands], ([commands]) => {
    for (const { events } of play(commands)) {
      const unwanted = events.some((event) => event._tag === "PaymentCaptured" && !event.wanted)
      const tags = events.map(({ _tag }) => _tag)
      if (unwanted) assert.deepStrictEqual(tags, ["PaymentCaptured", "RefundRequested"])
    }
  }, runs)

  it.prop(
    "never keeps money once it was released, and never captures it as wanted",
    [commands],
    ([commands]) => {
      play(commands).reduce((released, { after, command, events }) => {
        const now = released || command._tag === "ReleasePayment"
        if (now) {
          assert.notStrictEqual(statusOf(after), "Captured")
          assert.isFalse(only(events, "PaymentCaptured").some(({ wanted }) => wanted))
        }
        return now
      }, false)
    },
    runs
  )

  it.prop("charges nobody when it was released before it was requested", [commands], ([commands]) => {
    const steps = play(commands)
    const buried = steps.findIndex((step) => step.after._tag === "Tombstone")
    if (buried === -1) return
    assert.deepStrictEqual(eventsOf(steps).map(({ _tag }) => _tag), ["PaymentVoided"])
    assert.strictEqual(endOf(steps)._tag, "Tombstone")
  }, runs)

  it.prop("refuses another amount and only that", [commands], ([commands]) => {
    for (const { before, command } of play(commands)) {
      const decision = paymentDecider.decide(command, before)
      if (command._tag !== "RequestPayment") continue
      const other = before._tag === "Payment" && !Schema.equivalence(Money)(before.amount, command.amount)
      assert.strictEqual(Either.isLeft(decision), other)
    }
  }, runs)

  it.prop("keeps a bounded list of attempts while a refund fails, and still notes its end", {
    meta: CommandMeta,
    goods: Goods
  }, ({ goods, meta }) => {
    const refund = (outcome: RefundOutcome) => RecordRefund.make({ meta, ...about, outcome })
    const owed = endOf(play([
      RequestPayment.make({ meta, ...about, amount: total, goods }),
      RecordCharge.make({ meta, ...about, outcome: captured }),
      ReleasePayment.make({ meta, ...about, reason: "the order was cancelled" }),
      ...Array.makeBy(60, () => refund({ _tag: "NotYet", detail: "connection refused" }))
    ]))
    assert(owed._tag === "Payment")
    assert.strictEqual(owed.attempts.length, 20)
    assert.strictEqual(
      statusOf(take(owed, refund({ _tag: "Refunded", reference: "re_1" })).after),
      "Refunded"
    )
  }, { fastCheck: { numRuns: 10 } })

  it.prop(
    "does nothing new when a command comes twice in a row",
    [commands, anyCommand],
    ([commands, command]) => {
      // A refund is tried again and again: each delay is a fact of its own.
      if (command._tag === "RecordRefund" && command.outcome._tag === "NotYet") return
      const once = take(endOf(play(commands)), command)
      const twice = paymentDecider.decide(command, once.after)
      assert.deepStrictEqual(Either.getOrElse(twice, () => []), [])
      if (once.events.length > 0) assert.isTrue(Either.isRight(twice))
    },
    runs
  )

  it.prop("keeps no money of an order that ended, however request, outcome and release interleave", {
    meta: CommandMeta,
    goods: Goods,
    outcome: ChargeOutcome,
    order: FastCheck.shuffledSubarray(["request", "charge", "late", "release", "void"], { minLength: 5 })
  }, ({ goods, meta, order, outcome }) => {
    const told: Readonly<Record<string, PaymentCommand>> = {
      request: RequestPayment.make({ meta, ...about, amount: total, goods }),
      charge: RecordCharge.make({ meta, ...about, outcome, took: 12 }),
      late: RecordCharge.make({ meta, ...about, outcome: captured }),
      release: ReleasePayment.make({ meta, ...about, reason: "the order was cancelled" }),
      void: RecordVoid.make({ meta, ...about })
    }
    const refunded = RecordRefund.make({ meta, ...about, outcome: { _tag: "Refunded", reference: "re_1" } })
    const steps = play([...order.flatMap((name) => told[name] ?? []), refunded])
    const events = eventsOf(steps)
    assert.strictEqual(only(events, "PaymentRefunded").length, only(events, "PaymentCaptured").length)
    assert.notInclude(["Captured", "RefundRequested"], statusOf(endOf(steps)))
  }, runs)
})

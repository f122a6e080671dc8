/** Faults around the provider: what is charged, what goes back, and what is known of either. */
import type { Mutant } from "./Mutant.ts"

const settlement = "packages/payment/src/Settlement.ts"
const decider = "packages/payment/src/PaymentDecider.ts"
const policies = "packages/payment/src/PaymentPolicies.ts"
const breaker = "packages/resilience/src/CircuitBreakerStep.ts"

export const mutantsOfMoney: ReadonlyArray<Mutant> = [
  {
    name: "no-provider-key",
    fault: "each charge has a key of its own",
    patches: [{
      file: settlement,
      from: `      return Effect.map(
        provider.charge({ key: paymentId, orderId, amount }),
        (reply) => outcomeOf(open, reply)
      )`,
      to: `      return Effect.flatMap(TypeId.generate, (suffix) => Effect.map(
        provider.charge({ key: "pay_" + suffix, orderId, amount }),
        (reply) => outcomeOf(open, reply)
      ))`
    }]
  },
  {
    name: "blind-retry",
    fault: "a silent provider is asked again at once, under another key",
    patches: [{
      file: settlement,
      from: `Effect.catchAll(charge(open), (failure) => Effect.succeed(refused(failure)))`,
      to:
        `Effect.catchAll(charge(open), () => Effect.catchAll(Effect.map(provider.charge({ key: open.paymentId + "2", orderId: open.orderId, amount: open.amount }), (reply) => outcomeOf(open, reply)), (failure) => Effect.succeed(refused(failure))))`
    }]
  },
  {
    name: "silence-is-no",
    fault: "a provider that does not answer is taken to have refused, and nobody makes sure",
    patches: [{
      file: settlement,
      from: `refusalOf(failure) : silent(failure)`,
      to: `refusalOf(failure) : { _tag: "Refused", detail: bounded(failure.detail) }`
    }, {
      file: decider,
      from: `  if (open(payment) || isDoubtful(payment)) {`,
      to: `  if (open(payment)) {`
    }]
  },
  {
    name: "cancel-without-refund",
    fault: "the money of a cancelled order is kept",
    patches: [{
      file: decider,
      from:
        `  return accept(RefundRequested.make({ ...about(command), amount: taken(payment), reason: command.reason }))`,
      to: `  return accept()`
    }]
  },
  {
    name: "late-capture-kept",
    fault: "money that comes after the order was given up is kept",
    patches: [{
      file: decider,
      from: `const wanted = open(payment) && release === null`,
      to: `const wanted = open(payment)`
    }]
  },
  {
    name: "capture-after-the-end-kept",
    fault: "money that comes after the payment had come to nothing is not noticed",
    patches: [{
      file: decider,
      from: `if (!open(payment) && !never(payment)) return accept()`,
      to: `if (!open(payment)) return accept()`
    }]
  },
  {
    name: "failure-taken-for-granted",
    fault:
      "what the provider refused one process is not made sure of, though another may have asked for it too",
    patches: [{
      file: decider,
      from: `  if (open(payment) || isDoubtful(payment)) {`,
      to: `  if (open(payment)) {`
    }]
  },
  {
    name: "no-payment-tombstone",
    fault: "a payment that was voided before it was asked for is taken up",
    patches: [{
      file: decider,
      from: `if (event._tag === "PaymentVoided") return { _tag: "Tombstone", paymentId, orderId }`,
      to: `if (event._tag === "PaymentVoided") return state`
    }]
  },
  {
    name: "refund-twice",
    fault: "who asks twice for his money is given it twice, in our books",
    patches: [{
      file: decider,
      from: `  if (payment.release !== null) return accept()\n`,
      to: ``
    }, {
      file: decider,
      from: `  if (payment.status !== "Captured") return accept()\n`,
      to: `  if (payment.status !== "Captured" && payment.status !== "Refunded") return accept()\n`
    }]
  },
  {
    name: "refund-of-the-uncancelled",
    fault: "what was captured after an unknown outcome goes back",
    patches: [{
      file: decider,
      from: `  if (wanted) return accept(capture)`,
      to: `  if (wanted && payment.status !== "Unknown") return accept(capture)`
    }]
  },
  {
    name: "nobody-asks-again",
    fault: "an outcome that is not known stays so",
    patches: [{
      file: policies,
      from: `      case "PaymentRequested":
        return { _tag: "At", dueAt: event.at.epochMillis + settleAfter }
      case "PaymentOutcomeUnknown":
      case "PaymentVoidRequested":
      case "RefundRequested":
        return { _tag: "At", dueAt: event.at.epochMillis + 1000 }`,
      to: `      case "PaymentRequested":
      case "PaymentOutcomeUnknown":
      case "PaymentVoidRequested":
      case "RefundRequested":`
    }]
  },
  {
    name: "nobody-requests-again",
    fault: "an order whose process died before it asked for its payment waits for ever",
    patches: [{
      file: policies,
      from: `      ? { _tag: "At", dueAt: event.at.epochMillis + requestAfter }`,
      to: `      ? { _tag: "Clear" }`
    }]
  },
  {
    name: "refused-is-final",
    fault:
      "a provider that refuses the second time is taken to have refused the first time too, and nobody makes sure",
    patches: [{
      file: settlement,
      from: `const outcome = turn === "first"`,
      to: `const outcome = turn !== undefined`
    }, {
      file: decider,
      from: `  if (open(payment) || isDoubtful(payment)) {`,
      to: `  if (open(payment)) {`
    }]
  },
  {
    name: "refunded-as-asked",
    fault: "a refund counts as given when it was asked for",
    patches: [{
      file: settlement,
      from: `          Effect.succeed<RefundOutcome>({
            _tag: "NotYet",
            detail: bounded(failure.detail),
            ...byOf(failure)
          })`,
      to: `          Effect.succeed<RefundOutcome>({ _tag: "Refunded", reference: bounded(failure.detail) })`
    }]
  },
  {
    name: "charges-more",
    fault: "more is charged than the order costs",
    patches: [{
      file: settlement,
      from: `provider.charge({ key: paymentId, orderId, amount })`,
      to: `provider.charge({ key: paymentId, orderId, amount: { ...amount, amount: amount.amount + 1 } })`
    }]
  },
  {
    name: "open-lets-through",
    fault: "an open breaker lets calls through",
    patches: [{
      file: breaker,
      from: `    case "Open":
    case "ForcedOpen":
      return refuse(rules, step, now)`,
      to: `    case "Open":
    case "ForcedOpen":
      return { state, events: step.events, permit, retryAfterNanos: 0 }`
    }]
  },
  {
    name: "open-for-ever",
    fault: "a breaker that has opened never tries whether the provider is back",
    patches: [{
      file: breaker,
      from: `if (state._tag === "Open" && now >= state.until && (`,
      to: `if (state._tag === "Open" && now >= Infinity && (`
    }]
  },
  {
    name: "unlimited-half-open",
    fault: "a breaker that tries whether the provider is back lets everyone try",
    patches: [{
      file: breaker,
      from: `return state.inFlight.length + state.results.calls < rules.trials`,
      to: `return state.inFlight.length + state.results.calls < Infinity`
    }]
  }
]

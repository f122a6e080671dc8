/** Random histories of one payment, made as its actor makes them: a rejected command leaves no trace. */
import { fold } from "@saucier/eventsourcing/Decider"
import { OrderId, paymentIdOf } from "@saucier/kernel/Ids"
import { MinorUnits, Money } from "@saucier/kernel/Money"
import {
  PaymentCommand,
  type PaymentEvent,
  type PaymentState,
  RequestPayment
} from "@saucier/payment/Payment"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import * as Arbitrary from "effect/Arbitrary"
import * as Array from "effect/Array"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"

export const orderId = OrderId.make("ord_01h455vb4pex5vsknk084sn02q")
export const about = { orderId, paymentId: paymentIdOf(orderId) }
export const total: Money = { amount: MinorUnits.make(10_000), currency: "KRW" }

export interface Step {
  readonly command: PaymentCommand
  readonly before: PaymentState
  readonly events: ReadonlyArray<PaymentEvent>
  readonly after: PaymentState
}

export const take = (state: PaymentState, command: PaymentCommand): Step => {
  const events = Either.getOrElse(
    paymentDecider.decide(command, state),
    (): ReadonlyArray<PaymentEvent> => []
  )
  return { command, before: state, events, after: fold(paymentDecider, state, events) }
}

export const play = (commands: ReadonlyArray<PaymentCommand>): ReadonlyArray<Step> => {
  let state = paymentDecider.initial
  return commands.map((command) => {
    const step = take(state, command)
    state = step.after
    return step
  })
}

export const eventsOf = (steps: ReadonlyArray<Step>) => steps.flatMap((step) => step.events)
export const endOf = (steps: ReadonlyArray<Step>) => steps.at(-1)?.after ?? paymentDecider.initial
export const statusOf = (state: PaymentState) => (state._tag === "Payment" ? state.status : state._tag)

/** The provider takes the total, or now and then something else. */
const taken = FastCheck.oneof(
  { weight: 4, arbitrary: FastCheck.constant(total) },
  { weight: 1, arbitrary: Arbitrary.make(Money) }
)

const forPayment = (command: PaymentCommand): PaymentCommand => ({ ...command, ...about })

const told = (command: PaymentCommand, amount: Money): PaymentCommand =>
  command._tag === "RecordCharge" && command.outcome._tag === "Captured"
    ? { ...command, outcome: { ...command.outcome, amount } }
    : command
const forTotal = (command: typeof RequestPayment.Type) => forPayment({ ...command, amount: total })

export const request: FastCheck.Arbitrary<PaymentCommand> = Arbitrary.make(RequestPayment).map(forTotal)

/** A request repeats the amount of the first, or now and then asks for another. */
export const anyCommand: FastCheck.Arbitrary<PaymentCommand> = FastCheck.oneof(
  { weight: 1, arbitrary: request },
  {
    weight: 9,
    arbitrary: FastCheck.tuple(Arbitrary.make(PaymentCommand), taken).map(([command, amount]) =>
      told(forPayment(command), amount)
    )
  }
)

const some = FastCheck.array(anyCommand, { maxLength: 14, size: "max" })

/** Most begin with a request: otherwise most of them would only leave a tombstone. */
export const commands: FastCheck.Arbitrary<ReadonlyArray<PaymentCommand>> = FastCheck.oneof(
  { weight: 5, arbitrary: FastCheck.tuple(request, some).map(([first, rest]) => Array.prepend(rest, first)) },
  { weight: 1, arbitrary: some }
)

/** Random histories of one order, made as its actor makes them: a rejected command leaves no trace. */
import { fold } from "@saucier/eventsourcing/Decider"
import { OrderId } from "@saucier/kernel/Ids"
import { OrderCommand, type OrderEvent, type OrderState, PlaceOrder } from "@saucier/order/Order"
import { orderDecider } from "@saucier/order/OrderDecider"
import * as Arbitrary from "effect/Arbitrary"
import * as Array from "effect/Array"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"

export const orderId = OrderId.make("ord_01h455vb4pex5vsknk084sn02q")

export interface Step {
  readonly command: OrderCommand
  readonly before: OrderState
  readonly events: ReadonlyArray<OrderEvent>
  readonly after: OrderState
}

export const take = (state: OrderState, command: OrderCommand): Step => {
  const events = Either.getOrElse(orderDecider.decide(command, state), (): ReadonlyArray<OrderEvent> => [])
  return { command, before: state, events, after: fold(orderDecider, state, events) }
}

export const play = (commands: ReadonlyArray<OrderCommand>): ReadonlyArray<Step> => {
  let state = orderDecider.initial
  return commands.map((command) => {
    const step = take(state, command)
    state = step.after
    return step
  })
}

export const eventsOf = (steps: ReadonlyArray<Step>) => steps.flatMap((step) => step.events)
export const endOf = (steps: ReadonlyArray<Step>) => steps.at(-1)?.after ?? orderDecider.initial
export const statusOf = (state: OrderState) => (state._tag === "Order" ? state.status : state._tag)

const forOrder = (command: OrderCommand): OrderCommand =>
  command._tag === "PlaceOrder" ? { ...command, orderId } : command

export const place: FastCheck.Arbitrary<OrderCommand> = Arbitrary.make(PlaceOrder).map(forOrder)
export const anyCommand: FastCheck.Arbitrary<OrderCommand> = Arbitrary.make(OrderCommand).map(forOrder)

const some = FastCheck.array(anyCommand, { maxLength: 14, size: "max" })

/** Most begin with a placed order: otherwise the first commands would all be refused. */
export const commands: FastCheck.Arbitrary<ReadonlyArray<OrderCommand>> = FastCheck.oneof(
  { weight: 6, arbitrary: FastCheck.tuple(place, some).map(([first, rest]) => Array.prepend(rest, first)) },
  { weight: 1, arbitrary: some }
)

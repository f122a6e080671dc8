/** Random histories of one delivery, made as its actor makes them: a rejected command leaves no trace. */
import {
  AdvanceDelivery,
  DeliveryCommand,
  type DeliveryEvent,
  type DeliveryState,
  PrepareDelivery
} from "@saucier/delivery/Delivery"
import { deliveryDecider } from "@saucier/delivery/DeliveryDecider"
import { fold } from "@saucier/eventsourcing/Decider"
import { deliveryIdOf, OrderId } from "@saucier/kernel/Ids"
import * as Arbitrary from "effect/Arbitrary"
import * as Array from "effect/Array"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"

export const orderId = OrderId.make("ord_01h455vb4pex5vsknk084sn02q")
export const about = { orderId, deliveryId: deliveryIdOf(orderId) }

export interface Step {
  readonly command: DeliveryCommand
  readonly before: DeliveryState
  readonly events: ReadonlyArray<DeliveryEvent>
  readonly after: DeliveryState
}

export const take = (state: DeliveryState, command: DeliveryCommand): Step => {
  const events = Either.getOrElse(
    deliveryDecider.decide(command, state),
    (): ReadonlyArray<DeliveryEvent> => []
  )
  return { command, before: state, events, after: fold(deliveryDecider, state, events) }
}

export const play = (commands: ReadonlyArray<DeliveryCommand>): ReadonlyArray<Step> => {
  let state = deliveryDecider.initial
  return commands.map((command) => {
    const step = take(state, command)
    state = step.after
    return step
  })
}

export const eventsOf = (steps: ReadonlyArray<Step>) => steps.flatMap((step) => step.events)
export const endOf = (steps: ReadonlyArray<Step>) => steps.at(-1)?.after ?? deliveryDecider.initial
export const statusOf = (state: DeliveryState) => (state._tag === "Delivery" ? state.status : state._tag)

const forDelivery = (command: DeliveryCommand): DeliveryCommand =>
  command._tag === "AdvanceDelivery" ? command : { ...command, ...about }

export const prepare: FastCheck.Arbitrary<DeliveryCommand> = Arbitrary.make(PrepareDelivery).map(forDelivery)
export const advance: FastCheck.Arbitrary<DeliveryCommand> = Arbitrary.make(AdvanceDelivery)

export const anyCommand: FastCheck.Arbitrary<DeliveryCommand> = FastCheck.oneof(
  { weight: 1, arbitrary: Arbitrary.make(DeliveryCommand).map(forDelivery) },
  { weight: 2, arbitrary: advance }
)

const some = FastCheck.array(anyCommand, { maxLength: 14, size: "max" })

/** Most begin with a preparation: otherwise most would stay empty or leave a tombstone. */
export const commands: FastCheck.Arbitrary<ReadonlyArray<DeliveryCommand>> = FastCheck.oneof(
  { weight: 5, arbitrary: FastCheck.tuple(prepare, some).map(([first, rest]) => Array.prepend(rest, first)) },
  { weight: 1, arbitrary: some }
)

/** Each order alone behaves as one that is changed by one call at a time, payment and delivery moving it in between. */
import type { OrderStatus } from "@saucier/order/Order"
import type { Operation } from "./History.ts"
import { explains, type Model } from "./Linearizable.ts"
import * as Check from "./Violation.ts"

/** Where an order moves by itself. A cancellation that is refused ends where the delivery had come to. */
const moves: Readonly<Record<OrderStatus, ReadonlyArray<OrderStatus>>> = {
  Registered: ["PaymentPending", "Paid", "Preparing", "Rejected"],
  PaymentPending: ["Paid", "Preparing", "Rejected"],
  Paid: ["Preparing"],
  Preparing: ["Dispatched"],
  Dispatched: ["Delivered"],
  Delivered: [],
  Rejected: [],
  Cancelling: ["Cancelled", "Dispatched"],
  Cancelled: []
}

const cancellable: ReadonlySet<string> = new Set(["Registered", "PaymentPending", "Paid", "Preparing"])

const isStatus = (state: string): state is OrderStatus => state in moves

const reachable = (from: string): ReadonlySet<string> => {
  const seen = new Set([from])
  for (const state of seen) if (isStatus(state)) { for (const next of moves[state]) seen.add(next) }
  return seen
}

const absent = "absent"

const told = ({ outcome }: Operation, states: Iterable<string>): ReadonlyArray<string> =>
  Array.from(states).filter((state) => outcome._tag !== "Ok" || state === outcome.seen.status)

const cancel = (operation: Operation, state: string): ReadonlyArray<string> => {
  const now = Array.from(reachable(state))
  if (operation.outcome._tag === "Failed") return now.filter((state) => !cancellable.has(state))
  const asked = now.some((state) => cancellable.has(state)) ? Array.from(reachable("Cancelling")) : []
  return told(operation, new Set([...asked, ...now.filter((state) => state.startsWith("Cancel"))]))
}

const model: Model<string, Operation> = (state, operation) => {
  switch (operation.call._tag) {
    case "Place":
      return told(operation, reachable(state === absent ? "Registered" : state))
    case "Read":
      if (operation.outcome._tag === "Failed") return state === absent ? [state] : []
      return state === absent ? [] : told(operation, reachable(state))
    case "Cancel":
      if (state === absent) return operation.outcome._tag === "Failed" ? [state] : []
      return cancel(operation, state)
  }
}

/** A call that left it open has happened at some time or never; one that only looked says nothing then. */
const stepOf = (op: Operation) => ({
  op,
  invoked: op.invoked,
  completed: op.completed,
  optional: op.outcome._tag === "Unknown"
})

export const linearizability = Check.make("linearizability", "P5", function*({ history }) {
  const byOrder = new Map<string, Array<Operation>>()
  const places = new Map<string, string>()
  for (const { call, outcome } of history) {
    if (call._tag === "Place" && call.key !== null && outcome._tag === "Ok") {
      places.set(call.key, outcome.seen.orderId)
    }
  }
  for (const operation of history) {
    const { call, outcome } = operation
    const orderId = call._tag === "Place"
      ? outcome._tag === "Ok" ? outcome.seen.orderId : call.key === null ? undefined : places.get(call.key)
      : call.orderId
    if (orderId === undefined || (call._tag === "Place" && outcome._tag === "Failed")) continue
    byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), operation])
  }
  for (const [orderId, operations] of byOrder) {
    const steps = operations.map(stepOf)
    if (!explains(model, absent, steps)) yield [orderId, "no order of its calls explains the answers"]
  }
})

/** Each order alone behaves as one that is changed by one call at a time, payment and delivery moving it in between. */
import type { OrderStatus } from "@saucier/order/Order"
import { subjectOf } from "./Evidence.ts"
import type { Operation } from "./History.ts"
import { explains, type Model, type Step } from "./Linearizable.ts"
import * as Check from "./Violation.ts"

const absent = "absent"

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

/** Where an order is of which it was said that it can no longer be cancelled. */
const beyond: ReadonlySet<string> = new Set(["Dispatched", "Delivered", "Rejected", absent])

const isStatus = (state: string): state is OrderStatus => state in moves

/** The moves of an order whose parcel came back, as delivery's log knows. */
const movesBack: typeof moves = { ...moves, Dispatched: ["Cancelled"] }

type Moves = typeof moves

const reachable = (from: string, moves: Moves): ReadonlySet<string> => {
  const seen = new Set([from])
  for (const state of seen) if (isStatus(state)) { for (const next of moves[state]) seen.add(next) }
  return seen
}

/** A call is taken up at one moment and looks for its answer at a later one: what others did may lie in between. */
interface Moment {
  readonly operation: Operation
  readonly kind: "asks" | "looks"
}

const looks = ({ outcome }: Operation, state: string, moves: Moves): ReadonlyArray<string> =>
  Array.from(reachable(state, moves)).filter((state) =>
    outcome._tag === "Ok" ? state === outcome.seen.status : beyond.has(state)
  )

/** One that is refused in the end may have been under way before: delivery decides, and only then is it answered. */
const cancels = ({ outcome }: Operation, state: string, moves: Moves): ReadonlyArray<string> => {
  if (state === absent) return outcome._tag === "Failed" ? [state] : []
  const now = Array.from(reachable(state, moves))
  const asked = now.some((state) => cancellable.has(state)) ? Array.from(reachable("Cancelling", moves)) : []
  if (outcome._tag === "Failed") return [state, ...asked]
  return [...new Set([...asked, ...now.filter((state) => state.startsWith("Cancel"))])]
}

const modelOf = (moves: Moves): Model<string, Moment> => (state, { kind, operation }) => {
  if (kind === "looks") return looks(operation, state, moves)
  switch (operation.call._tag) {
    case "Place":
      return reachable(state === absent ? "Registered" : state, moves)
    case "Read":
      return state === absent ? [state] : []
    case "Cancel":
      return cancels(operation, state, moves)
  }
}

const isChange = ({ call, outcome }: Operation) => call._tag === "Read" ? outcome._tag === "Failed" : true

const isAnswer = ({ call, outcome }: Operation) =>
  outcome._tag === "Ok" || (call._tag === "Cancel" && outcome._tag === "Failed")

/** A call that left it open has happened at some time or never; one that only looked says nothing then. */
const stepsOf = (operation: Operation): ReadonlyArray<Step<Moment>> => {
  const { completed, invoked, outcome } = operation
  const step = (kind: Moment["kind"], optional: boolean) => ({
    op: { operation, kind },
    invoked,
    completed,
    optional
  })
  return [
    ...(isChange(operation) ? [step("asks", outcome._tag === "Unknown")] : []),
    ...(isAnswer(operation) ? [step("looks", false)] : [])
  ]
}

/**
 * Of the calls with one key that left it open the first, and so of the cancellations of one order, since only one can take
 * effect: whatever a later one of them may have done, it may have done too. Whoever asks in vain again and again would else
 * leave more possibilities than can be looked at.
 */
const withoutRepeats = (history: ReadonlyArray<Operation>) => {
  const first = new Map<string, Operation>()
  const keyOf = ({ call, outcome }: Operation) => {
    if (outcome._tag !== "Unknown" || call._tag === "Read") return null
    return call._tag === "Place" ? call.key : `the end of ${call.orderId}`
  }
  for (const operation of history) {
    const key = keyOf(operation)
    if (key === null) continue
    const known = first.get(key)
    if (known === undefined || operation.invoked < known.invoked) first.set(key, operation)
  }
  return history.filter((operation) => {
    const key = keyOf(operation)
    return key === null || first.get(key) === operation
  })
}

/**
 * An order whose caller was never told of it came from one of those who had no answer, nobody knows which: whatever
 * another of them may have done, the first may have done too. What was read from an older copy of the database explains
 * nothing.
 */
export const linearizability = Check.make("linearizability", "P5", function*(evidence) {
  const { deliveries, readStale } = evidence
  const history = withoutRepeats(evidence.history)
  const back = new Set(
    deliveries.filter(({ type }) => type === "DeliveryReturned").map(({ streamId }) => subjectOf(streamId))
  )
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
  const unanswered = history
    .filter(({ call, outcome }) => call._tag === "Place" && outcome._tag === "Unknown")
    .sort((a, b) => a.invoked - b.invoked)
  for (const [orderId, operations] of byOrder) {
    if (readStale?.has(orderId)) continue
    const placed = operations.some(({ call }) => call._tag === "Place")
    const steps = [...operations, ...(placed ? [] : unanswered.slice(0, 1))].flatMap(stepsOf)
    const model = modelOf(back.has(subjectOf(orderId)) ? movesBack : moves)
    if (!explains(model, absent, steps)) yield [orderId, "no order of its calls explains the answers"]
  }
})

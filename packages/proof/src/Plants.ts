/** Faults to be planted in evidence that has none: each is what one bug would have left. */
import { accounts, type Evidence, rejected, subjectOf } from "@saucier/simulation/Evidence"
import type { Operation, Seen } from "@saucier/simulation/History"
import type { Measure } from "./MeasuresKo.ts"

const without = <A extends { readonly type: string }>(list: ReadonlyArray<A>, type: string) => {
  const at = list.findIndex((one) => one.type === type)
  return list.filter((_, index) => index !== at)
}

const twice = <A extends { readonly type: string }>(list: ReadonlyArray<A>, type: string) =>
  list.flatMap((one, index) => index === list.findIndex((other) => other.type === type) ? [one, one] : [one])

interface Told extends Operation {
  readonly outcome: { readonly _tag: "Ok"; readonly seen: Seen }
}

const isTold = (operation: Operation): operation is Told => operation.outcome._tag === "Ok"

/** Orders of which their clients were told under a key, and which live. */
const placed = (evidence: Evidence) => {
  const books = accounts(evidence)
  return evidence.history.filter(isTold).filter(({ call, outcome }) => {
    const account = books.get(subjectOf(outcome.seen.orderId))
    return call._tag === "Place" && call.key !== null && account !== undefined && !rejected(account)
  })
}

/** A last call, after all others, that is shown this. */
const lastly = (evidence: Evidence, { call, client, outcome }: Told, seen: Partial<Seen>): Evidence => {
  const end = Math.max(...evidence.history.map(({ completed }) => completed))
  const shown = { _tag: "Ok", seen: { ...outcome.seen, ...seen } } as const
  const said = { client, call, outcome: shown, invoked: end + 1, completed: end + 2, at: 0, took: 1 }
  return { ...evidence, history: [...evidence.history, said] }
}

type Plant = (evidence: Evidence) => Evidence

const inHistory = (plant: (evidence: Evidence, told: Told, other: Told) => Evidence): Plant => (evidence) => {
  const [told, ...others] = placed(evidence)
  const other = others.find(({ outcome }) => outcome.seen.orderId !== told?.outcome.seen.orderId)
  return told === undefined || other === undefined ? evidence : plant(evidence, told, other)
}

export const plants: ReadonlyArray<readonly [Measure, Plant]> = [
  ["a charge taken twice", (evidence) => ({
    ...evidence,
    ledger: twice(evidence.ledger, "charge.captured")
  })],
  ["a refund that never came", (evidence) => ({
    ...evidence,
    ledger: without(evidence.ledger, "charge.refunded")
  })],
  ["a refund given twice", (evidence) => ({
    ...evidence,
    ledger: twice(evidence.ledger, "charge.refunded")
  })],
  ["a delivery lost", (evidence) => ({
    ...evidence,
    deliveries: without(evidence.deliveries, "DeliveryPrepared")
  })],
  ["a delivery made twice", (evidence) => ({
    ...evidence,
    deliveries: twice(evidence.deliveries, "DeliveryPrepared")
  })],
  ["a gap in an order's versions", (evidence) => ({
    ...evidence,
    orders: without(evidence.orders, "OrderPaid")
  })],
  ["a charge that the bank does not know", (evidence) => ({
    ...evidence,
    ledger: without(evidence.ledger, "charge.captured")
  })],
  [
    "an acknowledged order without its last event",
    inHistory((evidence, { outcome }) => {
      const ours = evidence.orders.filter(({ streamId }) =>
        subjectOf(streamId) === subjectOf(outcome.seen.orderId)
      )
      const lost = new Set(ours.slice(outcome.seen.version - 1))
      return { ...evidence, orders: evidence.orders.filter((event) => !lost.has(event)) }
    })
  ],
  [
    "one key answered with two orders",
    inHistory((evidence, told, other) => lastly(evidence, told, other.outcome.seen))
  ],
  [
    "an order shown older than before",
    inHistory((evidence, told) => lastly(evidence, told, { version: 1, status: "Registered" }))
  ]
]

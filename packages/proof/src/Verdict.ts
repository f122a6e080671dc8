/** What the logs say when all is quiet: every acknowledged order is there, and money and goods match. */
import * as Effect from "effect/Effect"
import type { Event } from "./EventLog.ts"
import * as EventLog from "./EventLog.ts"
import * as Stats from "./Stats.ts"

export interface Logs {
  readonly orders: ReadonlyArray<Event>
  readonly payments: ReadonlyArray<Event>
  readonly deliveries: ReadonlyArray<Event>
}

const suffix = ({ streamId }: Pick<Event, "streamId">) => streamId.slice(streamId.lastIndexOf("_") + 1)

const having = (events: ReadonlyArray<Pick<Event, "streamId" | "type">>, type: string) =>
  events.filter((event) => event.type === type).map(suffix)

/** What ends a charge or a void of which nobody knows what became of it. */
const answers: ReadonlySet<string> = new Set(["PaymentCaptured", "PaymentDeclined", "PaymentVoided"])

/** From "nobody knows" to "it is known", for each payment that was ever unknown. */
const settleTimes = (payments: ReadonlyArray<Event>) => {
  const since = new Map<string, number>()
  const times: Array<number> = []
  for (const event of payments) {
    const key = suffix(event)
    if (event.type === "PaymentOutcomeUnknown") since.set(key, event.occurredAt)
    const from = since.get(key)
    if (from === undefined) continue
    if (answers.has(event.type)) {
      times.push(event.occurredAt - from)
      since.delete(key)
    }
  }
  return { known: Stats.of(times), open: since.size }
}

const ends: ReadonlySet<string> = new Set(["OrderPaid", "OrderRejected", "OrderCancelled"])

/** How many orders nobody has paid or ended yet. */
export const undecided = (orders: ReadonlyArray<Pick<Event, "streamId" | "type">>) => {
  const decided = new Set(orders.filter(({ type }) => ends.has(type)).map(suffix))
  return new Set(having(orders, "OrderRegistered").filter((key) => !decided.has(key))).size
}

/** How many payments wait for the provider's word on their void. */
export const voiding = (payments: ReadonlyArray<Pick<Event, "streamId" | "type">>) => {
  const answered = new Set(payments.filter(({ type }) => answers.has(type)).map(suffix))
  return having(payments, "PaymentVoidRequested").filter((key) => !answered.has(key)).length
}

/** Of the logs as they are: the acknowledged orders are what callers were told. */
export const of = (
  { deliveries, orders, payments }: Logs,
  acknowledged: ReadonlyArray<{ readonly orderId: string }>
) => {
  const registered = new Set(having(orders, "OrderRegistered"))
  const paid = having(orders, "OrderPaid")
  const prepared = having(deliveries, "DeliveryPrepared")
  const cancelled = new Set(having(deliveries, "DeliveryCancelled"))
  const captured = having(payments, "PaymentCaptured")
  const once = (list: ReadonlyArray<string>) => list.length - new Set(list).size
  const missing = new Set(paid)
  for (const key of prepared) missing.delete(key)
  for (const key of cancelled) missing.delete(key)
  const told = acknowledged.filter(({ orderId }) => !registered.has(orderId.slice("ord_".length)))
  const wanted = new Set(captured)
  const settled = new Set([...paid, ...cancelled])
  return {
    orders: registered.size,
    paid: paid.length,
    captures: captured.length,
    deliveries: prepared.length,
    refunds: having(payments, "PaymentRefunded").length,
    settle: settleTimes(payments),
    faults: {
      "acknowledged and lost": told.length,
      "captured twice": once(captured),
      "delivered twice": once(prepared),
      "paid, neither delivered nor cancelled": missing.size,
      "delivered without a capture": prepared.filter((key) => !wanted.has(key)).length,
      "delivered, neither paid nor cancelled": prepared.filter((key) => !settled.has(key)).length,
      "still unknown": settleTimes(payments).open
    }
  }
}
export type Verdict = ReturnType<typeof of>

export const judge = (base: string, acknowledged: ReadonlyArray<{ readonly orderId: string }>) =>
  Effect.map(
    Effect.all({
      orders: EventLog.read(base, "order"),
      payments: EventLog.read(base, "payment"),
      deliveries: EventLog.read(base, "delivery")
    }),
    (logs) => of(logs, acknowledged)
  )

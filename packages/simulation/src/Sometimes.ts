/** Rare paths that many seeds together must have gone down: where one was never reached, silence proves nothing about it. */
import * as Evidence from "./Evidence.ts"

/** What happens below the ports, counted where it happens. */
const inside = [
  "a stale writer is refused",
  "a stream is read stale",
  "an append is refused, for its stream was read stale",
  "a payment is asked for that was voided before",
  "a payment is refused in the commit that asks for it",
  "a repeated append is known",
  "a shard is taken over from a silent runner",
  "a session has lost its locks",
  "a statement fails before its commit",
  "a statement fails after its commit",
  "a statement is slow",
  "the disk is full",
  "power takes commits with it",
  "a breaker tries whether the bank is back"
] as const

type Inside = (typeof inside)[number]

type Words = Pick<Evidence.Account, "order" | "payment" | "delivery">

const follows = (words: ReadonlyArray<string>, first: string, second: string) => {
  const from = words.indexOf(first)
  return from >= 0 && words.includes(second, from + 1)
}

const ended = ["PaymentVoided", "PaymentDeclined", "PaymentFailed"] as const

/** What the logs show of single orders, once all is over. */
const ofOrders = {
  "an order is paid": ({ order }) => order.includes("OrderPaid"),
  "an order is rejected": ({ order }) => order.includes("OrderRejected"),
  "an order is delivered": ({ order }) => order.includes("OrderDelivered"),
  "an outcome is unknown": ({ payment }) => payment.includes("PaymentOutcomeUnknown"),
  "a capture after an unknown outcome": ({ payment }) =>
    follows(payment, "PaymentOutcomeUnknown", "PaymentCaptured"),
  "a refund after an unknown outcome": ({ payment }) =>
    follows(payment, "PaymentOutcomeUnknown", "PaymentRefunded"),
  "a void after an unknown outcome": ({ payment }) =>
    follows(payment, "PaymentOutcomeUnknown", "PaymentVoided"),
  "a void before the request": ({ payment }) => payment[0] === "PaymentVoided",
  "a capture that nobody wants any more": ({ payment }) =>
    follows(payment, "PaymentVoidRequested", "PaymentCaptured"),
  "a capture after the payment had ended": ({ payment }) =>
    ended.some((type) => follows(payment, type, "PaymentCaptured")),
  "a failed payment is made sure of": ({ payment }) => follows(payment, "PaymentFailed", "PaymentVoided"),
  "a refund is asked for again": ({ payment }) => payment.includes("RefundDelayed"),
  "a card is declined": ({ payment }) => payment.includes("PaymentDeclined"),
  "a charge is refused": ({ payment }) => payment.includes("PaymentFailed"),
  "a cancellation before the payment": ({ order }) =>
    order.includes("OrderCancellationRequested") && !order.includes("OrderPaid"),
  "a cancellation is refused": ({ order }) => order.includes("OrderCancellationRefused"),
  "a delivery is cancelled after it was prepared": ({ delivery }) =>
    follows(delivery, "DeliveryPrepared", "DeliveryCancelled"),
  "a delivery is cancelled before it is asked for": ({ delivery }) => delivery[0] === "DeliveryCancelled",
  "a delivery fails": ({ delivery }) => delivery.includes("DeliveryFailed"),
  "a parcel comes back": ({ delivery }) => delivery.includes("DeliveryReturned")
} satisfies Record<string, (words: Words) => boolean>

/** What clients were told. */
const ofClients = [
  "a client has no answer",
  "a key is answered again",
  "a cancellation is answered with no",
  "a key is refused for another request"
] as const

type Path = Inside | keyof typeof ofOrders | (typeof ofClients)[number]
export type Count = (path: Path) => void

export const paths: ReadonlyArray<string> = [...inside, ...Object.keys(ofOrders), ...ofClients]

/** Adds what can be seen afterwards to what was counted on the way. */
export const look = (evidence: Evidence.Evidence, count: (path: string) => void): void => {
  for (const account of Evidence.accounts(evidence).values()) {
    for (const [path, holds] of Object.entries(ofOrders)) if (holds(account)) count(path)
  }
  const answered = new Set<string>()
  for (const { call, outcome } of evidence.history) {
    if (outcome._tag === "Unknown") count(ofClients[0])
    if (call._tag === "Cancel" && outcome._tag === "Failed") count(ofClients[2])
    if (call._tag === "Place" && outcome._tag === "Failed" && outcome.code === "IdempotencyKeyReused") {
      count(ofClients[3])
    }
    if (call._tag !== "Place" || call.key === null || outcome._tag !== "Ok") continue
    if (answered.has(call.key)) count(ofClients[1])
    answered.add(call.key)
  }
}

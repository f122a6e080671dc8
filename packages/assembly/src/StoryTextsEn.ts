import { money, type StoryTexts, took } from "./StoryText.ts"

const amountOf = money("en")

const refusers = {
  provider: "the provider",
  breaker: "the circuit breaker",
  bulkhead: "the limit on calls at once"
}

export const en: StoryTexts = {
  OrderRegistered: ({ goods, price }) =>
    `Branch ${goods.branchId} ordered ${goods.quantity} of sauce ${goods.sauceId} for ${amountOf(price)}`,
  OrderPaymentPending: () => "The order waits for the outcome of its payment",
  OrderPaid: () => "The order is paid",
  OrderRejected: ({ reason }) =>
    reason === "payment-declined"
      ? "The order ended: the payment was declined"
      : "The order ended: the payment provider could not be reached",
  OrderPreparing: () => "The order is being prepared",
  OrderDispatched: () => "The order has left",
  OrderDelivered: () => "The order has arrived",
  OrderCancellationRequested: ({ reason }) => `The cancellation was asked for: ${reason}`,
  OrderCancelled: ({ returned }) =>
    returned ? "The order is cancelled, for its parcel came back" : "The order is cancelled",
  OrderCancellationRefused: () => "The cancellation was refused: the parcel had left",
  PaymentRequested: ({ amount }) => `The payment of ${amountOf(amount)} was asked for`,
  PaymentCaptured: (event) =>
    `The provider took ${amountOf(event.amount)}, its reference ${event.reference}${took(event)}` +
    (event.wanted ? "" : "; nobody wants it any more"),
  PaymentDeclined: (event) => `The provider declined: ${event.code}${took(event)}`,
  PaymentFailed: (event) =>
    `Refused by ${refusers[event.by ?? "provider"]}${
      event.took === undefined ? ", nobody was asked" : ""
    }: ` +
    `${event.detail}${took(event)}`,
  PaymentOutcomeUnknown: (event) => `The outcome is unknown: ${event.detail}${took(event)}`,
  PaymentVoidRequested: ({ reason }) => `The payment is to be voided: ${reason}`,
  PaymentVoided: (event) => `The payment is voided${took(event)}`,
  RefundRequested: ({ amount, reason }) => `${amountOf(amount)} are owed back: ${reason}`,
  RefundDelayed: (event) => `The refund did not succeed yet: ${event.detail}${took(event)}`,
  PaymentRefunded: (event) =>
    `${amountOf(event.amount)} went back, the provider's reference ${event.reference}${took(event)}`,
  PaymentAttentionRaised: ({ reason }) => `Somebody has to look: ${reason}`,
  PaymentAttentionCleared: ({ note }) => `Somebody has looked: ${note}`,
  DeliveryPrepared: ({ goods }) =>
    `The delivery of ${goods.quantity} of sauce ${goods.sauceId} to branch ${goods.branchId} is being prepared`,
  DeliveryDispatched: () => "The parcel has left",
  DeliveryDelivered: () => "The parcel has arrived",
  DeliveryFailed: () => "The parcel could not be delivered",
  DeliveryReplanned: () => "The delivery is planned anew",
  DeliveryReturned: () => "The parcel came back",
  DeliveryCancelled: ({ reason }) => `The delivery is cancelled: ${reason}`
}

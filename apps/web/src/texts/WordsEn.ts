/** What things are called on every page. */
export const en = {
  state: {
    Registered: "Registered",
    Preparing: "Preparing",
    Complete: "Complete",
    Cancelled: "Cancelled",
    Rejected: "Rejected"
  },
  lane: { Paid: "Paid", InDelivery: "In delivery", Attention: "Needs attention" },
  order: {
    Registered: "Registered",
    PaymentPending: "Payment pending",
    Paid: "Paid",
    Preparing: "Preparing",
    Dispatched: "Dispatched",
    Delivered: "Delivered",
    Rejected: "Rejected",
    Cancelling: "Being cancelled",
    Cancelled: "Cancelled"
  },
  payment: {
    Requested: "Requested",
    Captured: "Captured",
    Declined: "Declined",
    Failed: "Provider unreachable",
    Unknown: "Outcome unknown",
    Voided: "Voided",
    RefundRequested: "Refund owed",
    Refunded: "Refunded"
  },
  delivery: {
    Preparing: "Preparing",
    Dispatched: "Dispatched",
    Delivered: "Delivered",
    Failed: "Failed",
    Replanned: "Replanned",
    Returned: "Returned",
    Cancelled: "Cancelled"
  },
  context: { order: "Order", payment: "Payment", delivery: "Delivery" },
  fields: {
    order: "Order",
    branch: "Branch",
    sauce: "Sauce",
    qty: "Quantity",
    price: "Price",
    state: "State",
    payment: "Payment",
    delivery: "Delivery",
    updated: "Updated"
  },
  retry: "Try again",
  loading: "Loading",
  dismiss: "Dismiss",
  back: "Go back",
  copied: "Copied",
  problems: {
    unreachable: "The server cannot be reached. Nothing is lost: trying again is safe.",
    timeout: "The server did not answer in time. Trying again is safe.",
    unexpected: "The server gave an unexpected answer.",
    "payment-declined": "The payment was declined. Nothing was charged. Use another card and order again.",
    "payment-unavailable": "The payment provider cannot be reached. Nothing was charged.",
    "service-unavailable":
      "A part of the system is not available. Trying again is safe and does nothing twice.",
    unavailable: "The server is restarting. Trying again in a moment is safe.",
    "idempotency-key-reused":
      "This attempt belongs to another order. Press again to place this one as a new order.",
    unauthenticated: "The server does not know you any more. Sign in again.",
    forbidden: "This is not for your role. Ask an operator.",
    "too-many-requests": "More is being worked on than the server takes in. Trying again is safe.",
    "order-not-found": "There is no such order.",
    retryIn: (seconds: string) => `Try again in ${seconds} s.`,
    trace: "Trace"
  }
}

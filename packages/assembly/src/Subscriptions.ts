import type { Context } from "./Contexts.ts"

/**
 * Whose log each checkpoint follows, by its name: what a restore needs to know to put checkpoints right. A subscription
 * that is not listed keeps its checkpoint as it came back.
 */
export const follows: Readonly<Record<string, Context>> = {
  "order.payment": "payment",
  "order.delivery": "delivery",
  "order.return": "delivery",
  "payment.release": "order",
  "payment.request": "order",
  "payment.settle": "payment",
  "payment.attention": "payment",
  "delivery.prepare": "payment",
  "delivery.cancel": "order",
  "delivery.view": "delivery",
  "dashboard.order": "order",
  "dashboard.payment": "payment",
  "dashboard.delivery": "delivery"
}

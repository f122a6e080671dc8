import type { Story as StorySchema } from "@saucier/assembly/Story"
import type * as OrderHttp from "@saucier/order/OrderHttp"
import { read, request } from "./Http.ts"

export type Order = typeof OrderHttp.OrderView.Encoded
export type CancelledOrder = typeof OrderHttp.CancelledOrderView.Encoded
export type OrderRequest = typeof OrderHttp.OrderRequest.Encoded
export type Story = typeof StorySchema.Encoded
export type Step = Story["steps"][number]

export interface Placed {
  readonly order: Order
  /** The payment is not decided yet. */
  readonly pending: boolean
  /** The key was used before: this is the order of then. */
  readonly replayed: boolean
}

/** An order may wait up to six seconds for its payment, and while actors move a little longer. */
const patience = 15_000

export const place = async (order: OrderRequest, key: string): Promise<Placed> => {
  const answer = await request<Order>("POST", "/orders", {
    body: order,
    headers: { "idempotency-key": key },
    timeout: patience
  })
  return {
    order: answer.value,
    pending: answer.status === 202,
    replayed: answer.headers.has("idempotency-replayed")
  }
}

export const get = (orderId: string, signal?: AbortSignal): Promise<Order> =>
  read(`/orders/${encodeURIComponent(orderId)}`, signal)

export const story = (orderId: string, signal?: AbortSignal): Promise<Story> =>
  read(`/orders/${encodeURIComponent(orderId)}/story`, signal)

export const cancel = async (orderId: string, reason: string): Promise<CancelledOrder> =>
  (await request<CancelledOrder>("POST", `/orders/${encodeURIComponent(orderId)}/cancel`, {
    body: { reason },
    timeout: patience
  })).value

/** HTTP contract of ordering. Reuses the domain's schemas; adds paths, status codes and the flat form that branches know. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { OrderId, PaymentId } from "@saucier/kernel/Ids"
import * as Lenient from "@saucier/kernel/Lenient"
import { MinorUnits } from "@saucier/kernel/Money"
import { NotYourBranch } from "@saucier/kernel/Principal"
import * as Schema from "effect/Schema"
import { CancelReason, OrderConflict, OrderNotFound, OrderStatus, OrderVersionMismatch } from "./Order.ts"
import { RefundProgress } from "./OrderEntity.ts"
import { IdempotencyKeyReused } from "./OrderKey.ts"

/** An order of one line; `price` is the total that is charged, in won. */
export const OrderRequest = Schema.Struct({
  branchId: Lenient.text(BranchId),
  sauceId: Lenient.text(SauceId),
  qty: Lenient.number(Quantity),
  price: Lenient.number(MinorUnits)
}).annotations({ identifier: "OrderRequest" })
export type OrderRequest = typeof OrderRequest.Type

export const OrderView = Schema.Struct({
  id: OrderId,
  branchId: BranchId,
  sauceId: SauceId,
  qty: Quantity,
  price: MinorUnits,
  status: OrderStatus,
  paymentId: PaymentId,
  version: Schema.Int,
  registeredAt: Schema.DateTimeUtc
}).annotations({ identifier: "Order" })
export type OrderView = typeof OrderView.Type

export const CancelledOrderView = Schema.Struct({ ...OrderView.fields, refund: RefundProgress }).annotations({
  identifier: "CancelledOrder"
})

/** The card was refused: nobody was charged, and a repeat with the same key gives the same answer. */
export class PaymentDeclined
  extends Schema.TaggedError<PaymentDeclined>()("PaymentDeclined", { orderId: OrderId })
{
  override get message() {
    return "The payment was declined: nothing was charged. Order again with another card and a new Idempotency-Key"
  }
}

/** The provider could not be reached: nobody was charged. The same key may be used again. */
export class PaymentUnavailable extends Schema.TaggedError<PaymentUnavailable>()("PaymentUnavailable", {
  orderId: OrderId,
  retryAfter: Schema.Number
}) {
  override get message() {
    return "The payment provider cannot be reached: nothing was charged. Try again a little later"
  }
}

const IdempotencyKey = Schema.String.pipe(
  Schema.pattern(/^[\x21-\x7e]{1,255}$/, { message: () => "must be 1 to 255 visible ASCII characters" })
)

const path = Schema.Struct({ orderId: Schema.String })
const tagged = { "if-none-match": Schema.optional(Schema.String), "if-match": Schema.optional(Schema.String) }

const placeOrder = HttpApiEndpoint.post("placeOrder", "/orders")
  .setHeaders(Schema.Struct({ "idempotency-key": Schema.optional(IdempotencyKey) }))
  .setPayload(OrderRequest)
  .addSuccess(OrderView, { status: 201 })
  .addSuccess(OrderView.annotations({ description: "The payment is not decided yet" }), { status: 202 })
  .addError(PaymentDeclined, { status: 402 })
  .addError(NotYourBranch, { status: 403 })
  .addError(IdempotencyKeyReused, { status: 422 })
  .addError(PaymentUnavailable, { status: 503 })
  .annotate(Access, ["branch", "operator"])

const getOrder = HttpApiEndpoint.get("getOrder", "/orders/:orderId")
  .setPath(path)
  .setHeaders(Schema.Struct(tagged))
  .addSuccess(OrderView)
  .annotate(Access, ["branch", "clerk", "dispatcher", "operator"])

const cancelOrder = HttpApiEndpoint.post("cancelOrder", "/orders/:orderId/cancel")
  .setPath(path)
  .setHeaders(Schema.Struct(tagged))
  .setPayload(Schema.Struct({ reason: CancelReason }))
  .addSuccess(CancelledOrderView)
  .addSuccess(CancelledOrderView.annotations({ description: "The refund is on its way" }), { status: 202 })
  .addError(OrderVersionMismatch, { status: 412 })
  .annotate(Access, ["branch", "clerk", "operator"])

export class OrderHttp extends HttpApiGroup.make("orders")
  .add(placeOrder)
  .add(getOrder)
  .add(cancelOrder)
  .addError(OrderNotFound, { status: 404 })
  .addError(OrderConflict, { status: 409 })
  .addError(ServiceUnavailable, { status: 503 })
{}

/** HTTP contract of payment: what the payment clerk may read, ask the provider about, and acknowledge. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import { OrderId, PaymentId } from "@saucier/kernel/Ids"
import { Currency, MinorUnits } from "@saucier/kernel/Money"
import * as Schema from "effect/Schema"
import { PaymentNotFound, PaymentStatus } from "./Payment.ts"

const AttemptView = Schema.Struct({
  kind: Schema.Literal("charge", "void", "refund"),
  outcome: Schema.String,
  detail: Schema.NullOr(Schema.String),
  at: Schema.DateTimeUtc
})

/**
 * `refunds` are the attempts that gave money back, or tried to; `attention` is why somebody has to look, if so.
 * `waitingSince` is when the charge, the refund, or the void of what failed was first asked for.
 */
export const PaymentView = Schema.Struct({
  id: PaymentId,
  orderId: OrderId,
  status: PaymentStatus,
  amount: MinorUnits,
  currency: Currency,
  attempts: Schema.Array(AttemptView),
  refunds: Schema.Array(AttemptView),
  attention: Schema.NullOr(Schema.String),
  version: Schema.Int,
  requestedAt: Schema.DateTimeUtc,
  waitingSince: Schema.DateTimeUtc
}).annotations({ identifier: "Payment" })
export type PaymentView = typeof PaymentView.Type

/** The payment of an order, or else those that wait for the provider or for somebody to look, the one that has waited longest first. */
const PaymentList = Schema.Struct({ items: Schema.Array(PaymentView) })

const attention = Schema.Literal("true", "false").annotations({ message: () => "must be true or false" })

const clerks = ["clerk", "operator"] as const
const readers = ["branch", ...clerks] as const

export class PaymentHttp extends HttpApiGroup.make("payments")
  .add(
    HttpApiEndpoint.get("getPayment", "/payments/:paymentId")
      .setPath(Schema.Struct({ paymentId: Schema.String }))
      .addSuccess(PaymentView)
      .annotate(Access, readers)
  )
  .add(
    HttpApiEndpoint.get("findPayments", "/payments")
      .setUrlParams(Schema.Struct({
        orderId: Schema.optional(OrderId),
        status: Schema.optional(PaymentStatus),
        attention: Schema.optional(attention)
      }))
      .addSuccess(PaymentList)
      .annotate(Access, readers)
  )
  .add(
    HttpApiEndpoint.post("acknowledgePayment", "/payments/:paymentId/acknowledge")
      .setPath(Schema.Struct({ paymentId: Schema.String }))
      .setPayload(Schema.Struct({ note: Schema.NonEmptyString.pipe(Schema.maxLength(200)) }))
      .addSuccess(PaymentView)
      .annotate(Access, clerks)
  )
  .add(
    HttpApiEndpoint.post("inquirePayment", "/payments/:paymentId/inquire")
      .setPath(Schema.Struct({ paymentId: Schema.String }))
      .addSuccess(PaymentView)
      .annotate(Access, clerks)
  )
  .addError(PaymentNotFound, { status: 404 })
  .addError(ServiceUnavailable, { status: 503 })
{}

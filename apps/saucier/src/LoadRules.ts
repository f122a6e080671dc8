/** What must be true of an acknowledged order once all is quiet. */
import type { DashboardRow } from "@saucier/dashboard/Dashboard"
import type { DeliveryView } from "@saucier/delivery/DeliveryHttp"
import type { OrderView } from "@saucier/order/OrderHttp"
import type { PaymentView } from "@saucier/payment/PaymentHttp"
import type { Texts } from "./TextsEn.ts"

export type Reason = keyof Texts["load"]["reasons"]

export interface Facts {
  readonly answered: number
  readonly order: OrderView
  readonly payments: ReadonlyArray<PaymentView>
  readonly deliveries: ReadonlyArray<DeliveryView>
  readonly row: DashboardRow
}

export const ended = (status: string) => status === "Rejected" || status === "Cancelled"

const captures = ({ attempts }: PaymentView) =>
  attempts.filter(({ kind, outcome }) => kind === "charge" && outcome === "Captured").length

const sameGoods = (
  a: Pick<OrderView, "branchId" | "sauceId" | "qty">,
  b: Pick<DashboardRow, "branchId" | "sauceId" | "qty">
) => a.branchId === b.branchId && a.sauceId === b.sauceId && a.qty === b.qty

/** The first promise that these facts break. */
export const reasonOf = ({ answered, deliveries, order, payments, row }: Facts): Reason | undefined => {
  const [payment] = payments
  const [delivery] = deliveries
  if (order.status === "Registered" || order.status === "PaymentPending") return "unsettled"
  if (answered === 201 && ended(order.status)) return "unpaid"
  if (ended(order.status)) {
    if (payments.some(({ status }) => status === "Captured")) return "kept"
    if (deliveries.some(({ status }) => status !== "Cancelled")) return "deliveries"
  } else {
    if (payments.length !== 1 || payment === undefined || captures(payment) !== 1) return "captures"
    if (payment.amount !== order.price) return "amount"
    if (deliveries.length !== 1 || delivery === undefined) return "deliveries"
    if (!sameGoods(delivery, order)) return "goods"
  }
  const same = sameGoods(order, row) && row.price === order.price && row.orderStatus === order.status &&
    row.paymentStatus === (payment?.status ?? null) && row.deliveryStatus === (delivery?.status ?? null)
  return same ? undefined : "row"
}

import type * as Payment from "@saucier/payment/Payment"
import type * as PaymentHttp from "@saucier/payment/PaymentHttp"
import { query, read, request } from "./Http.ts"

export type PaymentView = typeof PaymentHttp.PaymentView.Encoded
export type Status = typeof Payment.PaymentStatus.Encoded

export const ofOrder = async (orderId: string, signal?: AbortSignal): Promise<PaymentView | null> =>
  (await read<{ readonly items: ReadonlyArray<PaymentView> }>(`/payments${query({ orderId })}`, signal))
    .items[0] ?? null

/** Those that wait for the provider, of one status; the one that has waited longest first. */
export const waiting = async (status: Status, signal?: AbortSignal): Promise<ReadonlyArray<PaymentView>> =>
  (await read<{ readonly items: ReadonlyArray<PaymentView> }>(`/payments${query({ status })}`, signal)).items

/** Asks the provider what became of it. */
export const inquire = async (paymentId: string): Promise<PaymentView> =>
  (await request<PaymentView>("POST", `/payments/${encodeURIComponent(paymentId)}/inquire`)).value

export const acknowledge = async (paymentId: string, note: string): Promise<PaymentView> =>
  (await request<PaymentView>("POST", `/payments/${encodeURIComponent(paymentId)}/acknowledge`, {
    body: { note }
  })).value

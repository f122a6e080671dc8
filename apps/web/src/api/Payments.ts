import type * as Payment from "@saucier/payment/Payment"
import type * as PaymentHttp from "@saucier/payment/PaymentHttp"
import { query, read, request } from "./Http.ts"

export type PaymentView = typeof PaymentHttp.PaymentView.Encoded
export type Status = typeof Payment.PaymentStatus.Encoded

export const ofOrder = async (orderId: string, signal?: AbortSignal): Promise<PaymentView | null> =>
  (await read<{ readonly items: ReadonlyArray<PaymentView> }>(`/payments${query({ orderId })}`, signal))
    .items[0] ?? null

export type List = Status | "Attention"

/** Those of one status that wait for the provider, or those that somebody has to look at; the one that has waited longest first. */
export const waiting = async (list: List, signal?: AbortSignal): Promise<ReadonlyArray<PaymentView>> =>
  (await read<{ readonly items: ReadonlyArray<PaymentView> }>(
    `/payments${query(list === "Attention" ? { attention: "true" } : { status: list })}`,
    signal
  )).items

/** Asks the provider what became of it. */
export const inquire = async (paymentId: string): Promise<PaymentView> =>
  (await request<PaymentView>("POST", `/payments/${encodeURIComponent(paymentId)}/inquire`)).value

export const acknowledge = async (paymentId: string, note: string): Promise<PaymentView> =>
  (await request<PaymentView>("POST", `/payments/${encodeURIComponent(paymentId)}/acknowledge`, {
    body: { note }
  })).value

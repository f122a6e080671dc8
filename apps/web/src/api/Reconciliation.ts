import type { ReconciliationStatus } from "@saucier/assembly/ReconciliationStatus"
import { read, request } from "./Http.ts"

export type Status = typeof ReconciliationStatus.Encoded
export type Compared = NonNullable<Status["last"]>
export type Finding = Compared["findings"][number]

/** How far a comparison is, and what the last one came to; the first question of all begins one. */
export const status = (signal?: AbortSignal): Promise<Status> => read("/ops/reconciliation", signal)

/** Begins one unless one is under way. */
export const begin = async (): Promise<Status> => (await request<Status>("POST", "/ops/reconciliation")).value

/** Gives back a charge that nobody here asked for. */
export const release = async (paymentId: string): Promise<void> => {
  await request("POST", `/ops/payments/${encodeURIComponent(paymentId)}/release`)
}

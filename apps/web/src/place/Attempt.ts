/**
 * What is filled in keeps one Idempotency-Key until its outcome is known, also over a reload, so that neither a double
 * click nor a lost answer makes a second order.
 */
import type { OrderRequest } from "../api/Orders.ts"
import type { Problem } from "../api/Problem.ts"
import * as Remembered from "../ui/Remembered.ts"

export interface Attempt {
  readonly key: string
  readonly body: OrderRequest
}

/** `crypto.randomUUID` exists on secure origins only; a branch may come over plain HTTP. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    ""
  )

const remembered = (): Attempt | null => {
  const text = Remembered.get("attempt", "sessionStorage")
  const kept: Attempt | null = text === null ? null : JSON.parse(text)
  return kept
}

let current = remembered()

/** The attempt whose outcome is not known yet. */
export const open = (): Attempt | null => current

export const keep = (attempt: Attempt | null): void => {
  current = attempt
  Remembered.set("attempt", attempt === null ? null : JSON.stringify(attempt), "sessionStorage")
}

/** The open attempt when it is for the same order, else a new one. */
export const of = (body: OrderRequest): Attempt => {
  const same = current !== null && JSON.stringify(current.body) === JSON.stringify(body)
  const attempt = same && current !== null ? current : { key: newKey(), body }
  keep(attempt)
  return attempt
}

/** After these the key has done its work; after others (no answer, not available) the same attempt may be repeated. */
const settled: ReadonlySet<number> = new Set([400, 402, 413, 415, 422])

export const isSettled = ({ status }: Problem): boolean => settled.has(status)

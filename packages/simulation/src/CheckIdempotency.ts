import { accounts, rejected, subjectOf } from "./Evidence.ts"
import * as Check from "./Violation.ts"

/** One key is one order that is not rejected (a key whose order nobody could pay may be used anew); two keys are two. */
export const idempotency = Check.make("idempotency", "P2", function*(evidence) {
  const books = accounts(evidence)
  const over = (orderId: string) => {
    const account = books.get(subjectOf(orderId))
    return account !== undefined && rejected(account)
  }
  const orderOf = new Map<string, { readonly orderId: string; readonly request: string }>()
  const keyOf = new Map<string, string>()
  const requestOf = new Map<string, string>()
  for (const { call, outcome } of evidence.history) {
    if (call._tag === "Place" && call.key !== null && outcome._tag === "Ok") {
      requestOf.set(call.key, call.request)
    }
  }
  for (const { call, outcome } of evidence.history) {
    if (call._tag === "Place" && call.key !== null && outcome._tag === "Failed") {
      const answered = requestOf.get(call.key) === call.request
      if (answered) yield [call.key, `its request was answered, and refused with ${outcome.code}`]
    }
    if (call._tag !== "Place" || outcome._tag !== "Ok" || call.key === null) continue
    const { key, request } = call
    const { orderId } = outcome.seen
    const before = orderOf.get(key)
    if (before === undefined || over(before.orderId)) orderOf.set(key, { orderId, request })
    else {
      if (before.orderId !== orderId && !over(orderId)) {
        yield [orderId, `the key ${key} had been given ${before.orderId}`]
      }
      if (before.request !== request) yield [orderId, `the key ${key} stood for another request`]
    }
    const other = keyOf.get(orderId)
    keyOf.set(orderId, other ?? key)
    if (other !== undefined && other !== key) yield [orderId, `it answers to ${other} and to ${key}`]
  }
})

import { OrderId } from "@saucier/kernel/Ids"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { accounts, type Evidence, rejected, subjectOf } from "./Evidence.ts"
import * as Check from "./Violation.ts"

const naming = Schema.decodeUnknownOption(Schema.Struct({ orderId: OrderId }))

/** Which orders the log names for each key, the newest last. */
const ofKeys = (orders: Evidence["orders"]) => {
  const all = new Map<string, ReadonlyArray<OrderId>>()
  for (const { data, streamId } of orders) {
    if (!streamId.startsWith("orderkey-")) continue
    const named = Option.toArray(naming(data)).map(({ orderId }) => orderId)
    all.set(streamId, [...all.get(streamId) ?? [], ...named])
  }
  return all
}

/** Orders that stand for no key, or for two, or for one that had an order already: whatever anybody was told of them. */
function* unnamed({ history, orders, whole }: Evidence, over: (orderId: string) => boolean) {
  const owner = new Map<string, string>()
  for (const [key, named] of ofKeys(orders)) {
    for (const orderId of named.slice(0, -1)) {
      if (!over(orderId)) yield [orderId, "its key was given to another order, and it lives"] as const
    }
    for (const orderId of named) {
      if (owner.has(orderId)) yield [orderId, "two keys stand for it"] as const
      owner.set(orderId, key)
    }
  }
  if (whole !== true) return
  const keyless = history.filter(({ call, outcome }) =>
    call._tag === "Place" && call.key === null && outcome._tag !== "Failed"
  )
  const strays = new Set(
    orders.flatMap(({ streamId }) => streamId.startsWith("order-") ? [streamId.slice("order-".length)] : [])
      .filter((orderId) => !owner.has(orderId))
  )
  if (strays.size > keyless.length) {
    const detail = `stand for no key, and ${keyless.length} were asked for without one`
    yield [Array.from(strays).join(" "), detail] as const
  }
}

/** One key is one order that is not rejected (a key whose order nobody could pay may be used anew); two keys are two. */
export const idempotency = Check.make("idempotency", "P2", function*(evidence) {
  const books = accounts(evidence)
  const over = (orderId: string) => {
    const account = books.get(subjectOf(orderId))
    return account !== undefined && rejected(account)
  }
  yield* unnamed(evidence, over)
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

/**
 * What the logs and the provider's books say of each order, as far as they have been read, and which promises that breaks.
 * Grows by what is read, however often it is asked. An order that the order log does not show yet is only missed once
 * somebody has looked for it: a log may be behind what was answered.
 */
import type { DeliveryEvent } from "@saucier/delivery/Delivery"
import type { OrderId } from "@saucier/kernel/Ids"
import * as Ids from "@saucier/kernel/Ids"
import type { OrderEvent } from "@saucier/order/Order"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import * as Schema from "effect/Schema"
import type { Counters } from "./Chaos.ts"

type Standing = "open" | "live" | "ended"

/** Where an event leaves its order; null where it was. A cancellation that is asked for leaves it open. */
const standings: Readonly<Record<OrderEvent["_tag"], Standing | null>> = {
  OrderRegistered: "open",
  OrderPaymentPending: "open",
  OrderPaid: "live",
  OrderRejected: "ended",
  OrderPreparing: "live",
  OrderDispatched: "live",
  OrderDelivered: "live",
  OrderCancellationRequested: null,
  OrderCancelled: "ended",
  OrderCancellationRefused: null
}

const isOrderEvent = (type: string): type is OrderEvent["_tag"] => type in standings

const prepared: DeliveryEvent["_tag"] = "DeliveryPrepared"

interface Known {
  acknowledged: boolean
  standing: Standing | null
  /** Somebody has looked, and there is no such order. */
  missing: boolean
  captures: number
  refunds: number
  deliveries: number
}

const isPaymentId = Schema.is(Ids.PaymentId)
const examplesShown = 10

const holdsMoney = ({ captures, refunds }: Known) => captures > refunds

type Broken = Counters["examples"][number]["counter"]

const brokenBy = (known: Known): ReadonlyArray<Broken> => [
  ...(known.missing && known.acknowledged ? ["lost" as const] : []),
  ...(known.captures > 1 || known.refunds > 1 || known.deliveries > 1 ? ["doubled" as const] : []),
  ...(known.missing && holdsMoney(known) ? ["unordered" as const] : [])
]

const isSettling = (known: Known) => {
  switch (known.standing) {
    case null:
      return false
    case "open":
      return true
    case "live":
      return known.deliveries === 0
    case "ended":
      return holdsMoney(known)
  }
}

export const make = () => {
  const all = new Map<OrderId, Known>()
  const unseen = new Set<OrderId>()
  const settling = new Set<OrderId>()
  const broken = new Map<OrderId, ReadonlyArray<Broken>>()
  let orders = 0
  let charges = 0
  let acknowledged = 0

  const note = (id: OrderId, change: (known: Known) => void) => {
    const known = all.get(id) ??
      { acknowledged: false, standing: null, missing: false, captures: 0, refunds: 0, deliveries: 0 }
    all.set(id, known)
    change(known)
    if (known.standing === null && !known.missing) unseen.add(id)
    else unseen.delete(id)
    if (isSettling(known)) settling.add(id)
    else settling.delete(id)
    const promises = brokenBy(known)
    if (promises.length > 0) broken.set(id, promises)
    else broken.delete(id)
  }

  const counted = (counter: Broken) =>
    [...broken.values()].filter((promises) => promises.includes(counter)).length

  return {
    acknowledge: (id: OrderId) => {
      acknowledged++
      note(id, (known) => {
        known.acknowledged = true
      })
    },
    /** A line of the provider's statement. One that names no order of ours is another's. */
    line: ({ key, orderId, type }: LedgerLine) => {
      const id = orderId ?? (isPaymentId(key) ? Ids.orderIdOf(key) : null)
      if (id === null) return
      note(id, (known) => {
        if (type === "charge.captured") {
          charges++
          known.captures++
        }
        if (type === "charge.refunded") known.refunds++
      })
    },
    order: (id: OrderId, type: string) => {
      const standing = isOrderEvent(type) ? standings[type] : null
      note(id, (known) => {
        if (type === "OrderRegistered") orders++
        known.standing = standing ?? known.standing ?? "open"
        known.missing = false
      })
    },
    delivery: (id: OrderId, type: string) => {
      if (type !== prepared) return
      note(id, (known) => {
        known.deliveries++
      })
    },
    /** Those of whom something is known, but no event of their own: look for them. */
    unseen: (most: number): ReadonlyArray<OrderId> => [...unseen].slice(0, most),
    looked: (id: OrderId, found: boolean) =>
      note(id, (known) => {
        known.missing = !found && known.standing === null
        if (found) known.standing ??= "open"
      }),
    counters: (at: number | null): Counters => ({
      at,
      orders,
      charges,
      acknowledged,
      lost: counted("lost"),
      doubled: counted("doubled"),
      unordered: counted("unordered"),
      settling: settling.size,
      examples: [...broken].flatMap(([orderId, promises]) =>
        promises.map((counter) => ({ orderId, counter }))
      ).slice(0, examplesShown)
    })
  }
}
export type ChaosBooks = ReturnType<typeof make>

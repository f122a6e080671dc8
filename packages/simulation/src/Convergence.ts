/** The rows of the board against what the logs themselves fold to (P8): they must be the same, byte by byte. */
import * as OrderFacets from "@saucier/dashboard/OrderFacets"
import { deliveryCodec } from "@saucier/delivery/DeliveryCodec"
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import type { EventCodec } from "@saucier/eventsourcing/EventCodec"
import type { OrderId } from "@saucier/kernel/Ids"
import { orderCodec } from "@saucier/order/OrderCodec"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import * as Either from "effect/Either"
import type { Violation } from "./Violation.ts"

export interface Logs {
  readonly orders: ReadonlyArray<RecordedEvent>
  readonly payments: ReadonlyArray<RecordedEvent>
  readonly deliveries: ReadonlyArray<RecordedEvent>
}

const fold = <Event extends { readonly orderId: OrderId }>(
  into: Map<string, OrderFacets.OrderFacets>,
  log: ReadonlyArray<RecordedEvent>,
  category: string,
  codec: EventCodec<Event>,
  evolve: OrderFacets.Evolve<Event>
) => {
  for (const recorded of log) {
    if (!recorded.streamId.startsWith(`${category}-`)) continue
    const decoded = codec.decode(recorded)
    if (Either.isLeft(decoded)) continue
    const { orderId } = decoded.right
    into.set(orderId, evolve(into.get(orderId) ?? OrderFacets.empty(orderId), decoded.right, recorded))
  }
}

export const violations = (logs: Logs, board: ReadonlyMap<string, string>): ReadonlyArray<Violation> => {
  const rebuilt = new Map<string, OrderFacets.OrderFacets>()
  fold(rebuilt, logs.orders, "order", orderCodec, OrderFacets.evolveOrder)
  fold(rebuilt, logs.payments, "payment", paymentCodec, OrderFacets.evolvePayment)
  fold(rebuilt, logs.deliveries, "delivery", deliveryCodec, OrderFacets.evolveDelivery)
  return [...new Set([...rebuilt.keys(), ...board.keys()])].flatMap((subject) => {
    const row = rebuilt.get(subject)
    const expected = row === undefined ? "nothing" : sorted(JSON.stringify(row))
    const found = board.get(subject)
    const shown = found === undefined ? "nothing" : sorted(found)
    return shown === expected
      ? []
      : [{ check: "convergence", subject, detail: `the board shows ${shown}, the logs say ${expected}` }]
  })
}

const sorted = (row: string): string =>
  JSON.stringify(Object.entries<unknown>(JSON.parse(row)).sort(([a], [b]) => a.localeCompare(b)))

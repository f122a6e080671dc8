/** The deciders alone, asked one after the other as their shells and policies would, and a ledger for a bank. */
import type { DeliveryStep } from "@saucier/delivery/Delivery"
import { deliveryDecider } from "@saucier/delivery/DeliveryDecider"
import type { Decider } from "@saucier/eventsourcing/Decider"
import { CommandId, type CommandMeta } from "@saucier/kernel/CommandMeta"
import * as Ids from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import * as Checkout from "@saucier/order/Checkout"
import { orderDecider } from "@saucier/order/OrderDecider"
import { orderKeyDecider } from "@saucier/order/OrderKey"
import type { ChargeOutcome } from "@saucier/payment/Payment"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import { ledgerDecider } from "@saucier/provider/Ledger"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { contentOf, type Mood, type Place, type Stand } from "./Model.ts"
import type { Subject } from "./Subject.ts"

/** An aggregate without its store. */
const hold = <Command, Event, State, Rejection>(decider: Decider<Command, Event, State, Rejection>) => {
  let state = decider.initial
  return {
    state: () => state,
    /** Whether it was done; a rejection changes nothing. */
    does: (command: Command): boolean =>
      Either.match(decider.decide(command, state), {
        onLeft: () => false,
        onRight: (events) => {
          state = events.reduce(decider.evolve, state)
          return true
        }
      })
  }
}

const makeOrder = (orderId: Ids.OrderId, meta: () => CommandMeta) => {
  const order = hold(orderDecider)
  const payment = hold(paymentDecider)
  const delivery = hold(deliveryDecider)
  const bank = hold(ledgerDecider)
  const paymentId = Ids.paymentIdOf(orderId)
  const deliveryId = Ids.deliveryIdOf(orderId)
  const about = () => ({ meta: meta(), paymentId, orderId })

  const charge = (amount: Money, mood: Mood): ChargeOutcome => {
    if (mood === "down") return { _tag: "Refused", detail: "no connection" }
    bank.does(
      mood === "decline"
        ? { _tag: "RecordDecline", meta: meta(), orderId, code: "card_declined" }
        : { _tag: "RecordCapture", meta: meta(), orderId, amount }
    )
    const entry = bank.state()
    return entry._tag === "Captured"
      ? { _tag: "Captured", reference: "cap", amount: entry.amount }
      : { _tag: "Declined", code: "card_declined" }
  }

  /** What delivery's news mean for the order. */
  const track = (stage: "Preparing" | "Dispatched" | "Delivered") =>
    order.does({ _tag: "TrackDelivery", meta: meta(), stage })

  const release = () => {
    payment.does({ _tag: "ReleasePayment", ...about(), reason: "a test" })
    const owed = payment.state()
    if (owed._tag !== "Payment" || owed.status !== "RefundRequested") return
    bank.does({ _tag: "Refund", meta: meta() })
    payment.does({ _tag: "RecordRefund", ...about(), outcome: { _tag: "Refunded", reference: "ref" } })
  }

  return {
    orderId,
    stand: (): Stand => {
      const [ordered, paid, packed] = [order.state(), payment.state(), delivery.state()]
      return {
        order: ordered._tag === "Order" ? ordered.status : null,
        payment: paid._tag === "Payment" ? paid.status : null,
        delivery: packed._tag === "Delivery" ? packed.status : null
      }
    },
    unpayable: () => {
      const state = order.state()
      return state._tag === "Order" && state.rejection === "payment-unavailable"
    },
    place: ({ goods, price: amount }: typeof Place.Type, mood: Mood): void => {
      const price = { amount, currency: "KRW" } as const
      if (!order.does({ _tag: "PlaceOrder", meta: meta(), orderId, goods, price })) return
      payment.does({ _tag: "RequestPayment", ...about(), amount: price, goods })
      payment.does({ _tag: "RecordCharge", ...about(), outcome: charge(price, mood) })
      const told = Checkout.commandFor(payment.state(), meta())
      if (told !== undefined) order.does(told)
      const paid = payment.state()
      if (paid._tag !== "Payment" || paid.status !== "Captured") return
      delivery.does({ _tag: "PrepareDelivery", meta: meta(), deliveryId, orderId, goods })
      track("Preparing")
    },
    cancel: (): number => {
      const before = order.state()
      if (before._tag === "Empty") return 404
      if (before.status === "Cancelled") return 200
      if (!order.does({ _tag: "CancelOrder", meta: meta(), reason: "a test" })) return 409
      if (!delivery.does({ _tag: "CancelDelivery", meta: meta(), deliveryId, orderId, reason: "a test" })) {
        track("Dispatched")
        return 409
      }
      order.does({ _tag: "ConfirmCancellation", meta: meta() })
      release()
      return 200
    },
    advance: (step: DeliveryStep): number => {
      if (delivery.state()._tag !== "Delivery") return 404
      if (!delivery.does({ _tag: "AdvanceDelivery", meta: meta(), step })) return 409
      if (step === "Dispatched" || step === "Delivered") track(step)
      if (step === "Returned" && order.does({ _tag: "ReturnOrder", meta: meta() })) release()
      return 200
    }
  }
}

/** The digits of ids, counted. */
const suffix = (count: number) => `01h${String(count).padStart(23, "0")}`

const makeSlot = (meta: () => CommandMeta, newId: () => Ids.OrderId) => {
  const key = hold(orderKeyDecider)
  let first: typeof Place.Type | undefined
  let order = makeOrder(newId(), meta)
  const place = (request: typeof Place.Type, mood: Mood): number => {
    const fingerprint = contentOf(request)
    if (!key.does({ _tag: "ClaimKey", meta: meta(), orderId: order.orderId, fingerprint })) return 422
    first ??= request
    if (order.unpayable()) {
      const orderId = newId()
      key.does({ _tag: "RenewKey", meta: meta(), ended: order.orderId, orderId })
      order = makeOrder(orderId, meta)
    }
    order.place(request, mood)
    if (order.stand().order !== "Rejected") return 201
    return order.unpayable() ? 503 : 402
  }
  return { order: () => order, place, again: (mood: Mood) => first === undefined ? 0 : place(first, mood) }
}

export const make = (): Subject => {
  let count = 0
  const meta = (): CommandMeta => {
    count += 1
    return {
      commandId: CommandId.make(`command-${count}`),
      correlationId: "model",
      causationId: null,
      actor: "model",
      at: DateTime.unsafeMake(count * 1000)
    }
  }
  const newId = () => Ids.orderId(suffix(++count))
  const slots = [makeSlot(meta, newId), makeSlot(meta, newId)] as const
  return {
    ask: (command) =>
      Effect.sync(() => {
        const slot = slots[command.slot]
        const answer = (): number => {
          switch (command._tag) {
            case "Place":
              return slot.place(command, command.mood)
            case "PlaceAgain":
              return slot.again(command.mood)
            case "Cancel":
              return slot.order().cancel()
            case "Advance":
              return slot.order().advance(command.step)
            case "Inquire":
              return slot.order().stand().payment === null ? 404 : 200
          }
        }
        const status = answer()
        return { status, stand: slot.order().stand() }
      })
  }
}

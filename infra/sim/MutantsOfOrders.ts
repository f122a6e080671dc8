/** Faults in what orders and deliveries decide, and in how clients are told of it. */
import type { Mutant } from "./Mutant.ts"

const order = "packages/order/src/OrderDecider.ts"
const delivery = "packages/delivery/src/DeliveryDecider.ts"
const stages = "packages/order/src/OrderPolicies.ts"
const key = "packages/order/src/OrderKeyEntityLive.ts"

export const mutantsOfOrders: ReadonlyArray<Mutant> = [
  {
    name: "key-forgotten",
    fault: "each tap is an order of its own, whatever its key",
    patches: [{
      file: key,
      from: `const ended = claimed.state.orderId`,
      to: `const ended = yield* newOrderId`
    }]
  },
  {
    name: "key-of-another-body",
    fault: "a key is taken for the order that it stands for, whatever is asked for",
    patches: [{
      file: "packages/order/src/OrderKey.ts",
      from: `return state.fingerprint === fingerprint ?`,
      to: `return state.fingerprint !== "" ?`
    }]
  },
  {
    name: "key-claimed-late",
    fault: "a key is claimed after its order was placed",
    patches: [{
      file: key,
      from:
        `          const claimed = yield* key.execute(ClaimKey.make({ meta, orderId: yield* newOrderId, fingerprint }))`,
      to: `          const before = yield* key.current
          const claim = ClaimKey.make({ meta, orderId: yield* newOrderId, fingerprint })
          if (before.state._tag === "Free") return yield* Effect.zipLeft(place(claim.orderId), key.execute(claim))
          const claimed = yield* key.execute(claim)`
    }]
  },
  {
    name: "key-skipped-in-a-race",
    fault: "who comes while another asks with the same key is not asked for it",
    patches: [{
      file: key,
      from: `    const key = yield* Aggregate.awake(store, streamId, orderKeyDecider, orderKeyCodec)
`,
      to: `    const key = yield* Aggregate.awake(store, streamId, orderKeyDecider, orderKeyCodec)
    let others = 0
`
    }, {
      file: key,
      from:
        `          const claimed = yield* key.execute(ClaimKey.make({ meta, orderId: yield* newOrderId, fingerprint }))`,
      to: `          const own = yield* newOrderId
          yield* Effect.forkDaemon(Effect.delay(Effect.sync(() => void others--), 100))
          const claimed = others++ > 0
            ? { state: { _tag: "Claimed", orderId: own, fingerprint } }
            : yield* key.execute(ClaimKey.make({ meta, orderId: own, fingerprint }))`
    }, {
      file: key,
      from: `    mailboxCapacity: 256,
`,
      to: `    mailboxCapacity: 256,
    concurrency: "unbounded",
`
    }]
  },
  {
    name: "late-word-refuses",
    fault: "late word of a delivery's beginning undoes the cancellation of its order",
    patches: [{
      file: order,
      from: `  const begins = command.stage === "Preparing"`,
      to: `  const begins = false`
    }]
  },
  {
    name: "returned-and-kept",
    fault: "an order whose parcel came back is as if it had not, and its money is kept",
    patches: [{
      file: stages,
      from: `handles: (type) => type === returned,`,
      to: `handles: () => false,`
    }]
  },
  {
    name: "tracked-unpaid",
    fault: "an order that hears of its delivery first is never paid",
    patches: [{
      file: order,
      from: `    ...(unpaid(stood) ? [OrderPaid.make(at)] : []),
`,
      to: ``
    }, {
      file: order,
      from: `return unpaid(order.status) || unpaid(order.resume) ?`,
      to: `return unpaid(order.status) ?`
    }]
  },
  {
    name: "ended-before-asked",
    fault: "an order whose payment is slow is rejected, and the payment is not told",
    patches: [{
      file: "packages/order/src/Checkout.ts",
      from: `Effect.map(CommandMeta.follow(meta, "wait"), (meta) => AwaitPayment.make({ meta }, true))`,
      to:
        `Effect.map(CommandMeta.follow(meta, "wait"), (meta) => RejectOrder.make({ meta, reason: "payment-unavailable" }, true))`
    }, {
      file: "packages/payment/src/PaymentPolicies.ts",
      from: `handles: (type) => type === "OrderRejected" || type === "OrderCancelled",`,
      to: `handles: (type) => type === "OrderCancelled",`
    }]
  },
  {
    name: "unknown-is-paid",
    fault: "an order counts as paid as soon as its payment was asked for",
    patches: [{
      file: "packages/order/src/Checkout.ts",
      from: `    case "Unknown":
      return AwaitPayment.make({ meta }, true)`,
      to: `    case "Unknown":
      return ConfirmPayment.make({ meta }, true)`
    }]
  },
  {
    name: "cancelled-unasked",
    fault: "an order is cancelled although its parcel may have left",
    patches: [{
      file: "packages/order/src/Cancellation.ts",
      from: `if (stopped._tag === "None") return { ...cancelling, refund: "owed" }
        if (stopped.value !== "stopped") {`,
      to: `if (stopped._tag === "None") return { ...cancelling, refund: "owed" }
        if (stopped.value === "Cancelled") {`
    }]
  },
  {
    name: "dispatched-after-cancellation",
    fault: "a cancelled delivery leaves the house",
    patches: [{ file: delivery, from: `  Cancelled: []`, to: `  Cancelled: ["Dispatched"]` }]
  },
  {
    name: "delivered-from-the-shelf",
    fault: "a parcel arrives that has never left",
    patches: [{
      file: delivery,
      from: `  Preparing: ["Dispatched"],`,
      to: `  Preparing: ["Dispatched", "Delivered"],`
    }]
  },
  {
    name: "called-back-on-the-way",
    fault: "a parcel that has left is cancelled",
    patches: [{
      file: delivery,
      from:
        `        if (state._tag === "Delivery" && state.status !== "Preparing") return reject("Cancelled", state)\n`,
      to: ``
    }]
  },
  {
    name: "no-delivery-tombstone",
    fault: "a delivery that was cancelled before it was asked for is prepared",
    patches: [{
      file: delivery,
      from: `if (event._tag === "DeliveryCancelled") return { _tag: "Tombstone", deliveryId, orderId }`,
      to: `if (event._tag === "DeliveryCancelled") return state`
    }]
  },
  {
    name: "order-hears-of-no-dispatch",
    fault: "an order is not told that its parcel has left",
    patches: [{ file: stages, from: `  DeliveryDispatched: "Dispatched",\n`, to: `` }, {
      file: stages,
      from: `  DeliveryDelivered: "Delivered"\n`,
      to: ``
    }]
  },
  {
    name: "order-hears-of-no-delivery",
    fault: "an order is not told what became of its delivery",
    patches: [{
      file: stages,
      from: `handles: (type) => type === "DeliveryCancelled" || type in stages,`,
      to: `handles: () => false,`
    }]
  }
]

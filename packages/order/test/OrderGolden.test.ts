import { OrderEvent } from "@saucier/order/Order"
import { orderCodec } from "@saucier/order/OrderCodec"
import { goldenContract } from "../../eventsourcing/test/GoldenContract.ts"

const about = { at: 1_790_000_000_000, orderId: "ord_01h455vb4pex5vsknk084sn02q" } as const

goldenContract({
  name: "order",
  folder: new URL("golden/", import.meta.url),
  schema: OrderEvent,
  codec: orderCodec,
  meaning: {
    OrderRegistered: {
      _tag: "OrderRegistered",
      ...about,
      goods: { branchId: "gangnam-1", sauceId: "gochujang", quantity: 10 },
      price: { amount: 10_000, currency: "KRW" },
      paymentId: "pay_01h455vb4pex5vsknk084sn02q"
    },
    OrderPaymentPending: { _tag: "OrderPaymentPending", ...about },
    OrderPaid: { _tag: "OrderPaid", ...about },
    OrderRejected: { _tag: "OrderRejected", ...about, reason: "payment-declined" },
    OrderPreparing: { _tag: "OrderPreparing", ...about },
    OrderDispatched: { _tag: "OrderDispatched", ...about },
    OrderDelivered: { _tag: "OrderDelivered", ...about },
    OrderCancellationRequested: { _tag: "OrderCancellationRequested", ...about, reason: "두 번 주문함" },
    OrderCancelled: { _tag: "OrderCancelled", ...about },
    OrderCancellationRefused: { _tag: "OrderCancellationRefused", ...about }
  }
})

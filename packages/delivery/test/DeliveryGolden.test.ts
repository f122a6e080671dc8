import { DeliveryEvent } from "@saucier/delivery/Delivery"
import { deliveryCodec } from "@saucier/delivery/DeliveryCodec"
import { goldenContract } from "../../eventsourcing/test/GoldenContract.ts"

const about = {
  at: 1_790_000_000_000,
  deliveryId: "dlv_01h455vb4pex5vsknk084sn02q",
  orderId: "ord_01h455vb4pex5vsknk084sn02q"
} as const

goldenContract({
  name: "delivery",
  folder: new URL("golden/", import.meta.url),
  schema: DeliveryEvent,
  codec: deliveryCodec,
  meaning: {
    DeliveryPrepared: {
      _tag: "DeliveryPrepared",
      ...about,
      goods: { branchId: "gangnam-1", sauceId: "gochujang", quantity: 10 }
    },
    DeliveryDispatched: { _tag: "DeliveryDispatched", ...about },
    DeliveryDelivered: { _tag: "DeliveryDelivered", ...about },
    DeliveryFailed: { _tag: "DeliveryFailed", ...about },
    DeliveryReplanned: { _tag: "DeliveryReplanned", ...about },
    DeliveryReturned: { _tag: "DeliveryReturned", ...about },
    DeliveryCancelled: { _tag: "DeliveryCancelled", ...about, reason: "두 번 주문함" }
  }
})

import { PaymentEvent } from "@saucier/payment/Payment"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { goldenContract } from "../../eventsourcing/test/GoldenContract.ts"

const about = {
  at: 1_790_000_000_000,
  paymentId: "pay_01h455vb4pex5vsknk084sn02q",
  orderId: "ord_01h455vb4pex5vsknk084sn02q"
} as const
const amount = { amount: 10_000, currency: "KRW" } as const
const goods = { branchId: "gangnam-1", sauceId: "gochujang", quantity: 10 }

goldenContract({
  name: "payment",
  folder: new URL("golden/", import.meta.url),
  schema: PaymentEvent,
  codec: paymentCodec,
  meaning: {
    PaymentRequested: { _tag: "PaymentRequested", ...about, amount, goods },
    PaymentCaptured: { _tag: "PaymentCaptured", ...about, amount, goods, reference: "ch_1", wanted: true },
    PaymentDeclined: { _tag: "PaymentDeclined", ...about, code: "insufficient-funds" },
    PaymentFailed: { _tag: "PaymentFailed", ...about, detail: "connection refused" },
    PaymentOutcomeUnknown: { _tag: "PaymentOutcomeUnknown", ...about, detail: "no answer within 3 s" },
    PaymentVoidRequested: { _tag: "PaymentVoidRequested", ...about, reason: "두 번 주문함" },
    PaymentVoided: { _tag: "PaymentVoided", ...about },
    RefundRequested: { _tag: "RefundRequested", ...about, amount, reason: "ordered twice" },
    RefundDelayed: { _tag: "RefundDelayed", ...about, detail: "connection refused" },
    PaymentRefunded: { _tag: "PaymentRefunded", ...about, amount, reference: "re_1" },
    PaymentAttentionRaised: {
      _tag: "PaymentAttentionRaised",
      ...about,
      reason: "the provider took 9000 KRW, not 10000 KRW"
    },
    PaymentAttentionCleared: { _tag: "PaymentAttentionCleared", ...about, note: "called the bank" }
  }
})

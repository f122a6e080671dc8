/** Titles of the API's own problems, as people read them. */
import type { Dictionary } from "@saucier/runtime/ProblemTitles"

export const titles = {
  en: {
    "unknown-key": "This key is not known",
    "not-your-branch": "Branches order for themselves",
    "order-not-found": "There is no such order",
    "order-conflict": "The order has gone too far for this",
    "order-version-mismatch": "The order has changed since you read it",
    "payment-declined": "The payment was declined",
    "payment-unavailable": "The payment provider cannot be reached",
    "idempotency-key-reused": "This Idempotency-Key belongs to another order",
    "payment-not-found": "There is no such payment",
    "charge-wanted": "The charge is still counted on",
    "webhook-unverified": "The webhook cannot be trusted",
    "webhook-malformed": "The webhook is not what the provider promised to send",
    "delivery-not-found": "There is no such delivery",
    "delivery-conflict": "The delivery does not stand where this step begins",
    "dashboard-row-not-found": "The dashboard knows no such order",
    "nothing-parked": "Nothing is parked there",
    "trace-not-found": "There is no such trace",
    "shard-not-found": "There is no such shard",
    "unknown-position": "There is no such position in this log",
    "freeze-under-way": "The files are being copied already",
    "freeze-over": "The files have moved on meanwhile",
    "service-unavailable": "Not available at the moment"
  },
  ko: {
    "unknown-key": "알 수 없는 키입니다",
    "not-your-branch": "다른 지점의 주문은 할 수 없습니다",
    "order-not-found": "해당 주문을 찾을 수 없습니다",
    "order-conflict": "현재 주문 상태에서는 할 수 없습니다",
    "order-version-mismatch": "조회한 뒤에 주문이 변경되었습니다",
    "payment-declined": "결제가 거절되었습니다",
    "payment-unavailable": "결제 대행사에 연결할 수 없습니다",
    "idempotency-key-reused": "다른 주문에 이미 사용된 Idempotency-Key입니다",
    "payment-not-found": "해당 결제를 찾을 수 없습니다",
    "charge-wanted": "아직 필요한 결제입니다",
    "webhook-unverified": "신뢰할 수 없는 웹훅입니다",
    "webhook-malformed": "결제 대행사가 약속한 형식의 웹훅이 아닙니다",
    "delivery-not-found": "해당 배송을 찾을 수 없습니다",
    "delivery-conflict": "현재 배송 상태에서는 할 수 없는 단계입니다",
    "dashboard-row-not-found": "대시보드에 해당 주문이 없습니다",
    "nothing-parked": "보류된 이벤트가 없습니다",
    "trace-not-found": "해당 트레이스를 찾을 수 없습니다",
    "shard-not-found": "해당 샤드가 없습니다",
    "unknown-position": "로그에 해당 위치가 없습니다",
    "freeze-under-way": "이미 파일을 복사하고 있습니다",
    "freeze-over": "그동안 파일이 바뀌었습니다",
    "service-unavailable": "지금은 사용할 수 없습니다"
  }
} satisfies Dictionary

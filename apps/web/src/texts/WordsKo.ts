import type { en } from "./WordsEn.ts"

export const ko: typeof en = {
  state: {
    Registered: "접수",
    Preparing: "준비 중",
    Complete: "완료",
    Cancelled: "취소",
    Rejected: "거절"
  },
  lane: { Paid: "결제 완료", InDelivery: "배송 중", Attention: "조치 필요" },
  order: {
    Registered: "접수됨",
    PaymentPending: "결제 대기",
    Paid: "결제 완료",
    Preparing: "준비 중",
    Dispatched: "배송 중",
    Delivered: "배송 완료",
    Rejected: "거절됨",
    Cancelling: "취소 처리 중",
    Cancelled: "취소됨"
  },
  payment: {
    Requested: "요청됨",
    Captured: "승인됨",
    Declined: "승인 거절",
    Failed: "결제사 연결 불가",
    Unknown: "결과 확인 중",
    Voided: "승인 취소",
    RefundRequested: "환불 예정",
    Refunded: "환불 완료"
  },
  delivery: {
    Preparing: "준비 중",
    Dispatched: "배송 중",
    Delivered: "배송 완료",
    Failed: "배송 실패",
    Replanned: "재배송 예정",
    Returned: "반송됨",
    Cancelled: "취소됨"
  },
  context: { order: "주문", payment: "결제", delivery: "배송" },
  fields: {
    order: "주문",
    branch: "지점",
    sauce: "소스",
    qty: "수량",
    price: "금액",
    state: "상태",
    payment: "결제",
    delivery: "배송",
    updated: "변경 시각"
  },
  retry: "다시 시도",
  loading: "불러오는 중",
  dismiss: "닫기",
  back: "돌아가기",
  copied: "복사됨",
  problems: {
    unreachable: "서버에 연결할 수 없습니다. 다시 시도해도 안전합니다.",
    timeout: "서버가 제시간에 응답하지 않았습니다. 다시 시도해도 안전합니다.",
    unexpected: "서버가 예상하지 못한 응답을 보냈습니다.",
    "payment-declined": "결제가 거절되었습니다. 청구된 금액은 없습니다. 다른 카드로 다시 주문해 주세요.",
    "payment-unavailable": "결제사에 연결할 수 없습니다. 청구된 금액은 없습니다.",
    "service-unavailable": "시스템 일부를 사용할 수 없습니다. 다시 시도해도 두 번 처리되지 않습니다.",
    unavailable: "서버를 다시 시작하는 중입니다. 잠시 후 다시 시도해 주세요.",
    "idempotency-key-reused": "이 시도는 다른 주문에 사용되었습니다. 한 번 더 누르면 새 주문으로 접수됩니다.",
    unauthenticated: "서버가 더 이상 사용자를 확인할 수 없습니다. 다시 로그인해 주세요.",
    forbidden: "현재 역할로는 할 수 없는 작업입니다. 운영자에게 문의해 주세요.",
    "too-many-requests": "처리 중인 요청이 너무 많습니다. 잠시 후 다시 시도해도 안전합니다.",
    "order-not-found": "해당 주문이 없습니다.",
    retryIn: (seconds) => `${seconds}초 후 다시 시도해 주세요.`,
    trace: "트레이스"
  }
}

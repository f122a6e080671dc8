import type { Texts } from "../texts/Language.ts"

const en = {
  actions: {
    Dispatched: "Dispatch",
    Delivered: "Delivered",
    Failed: "Failed",
    Replanned: "Plan again",
    Returned: "Returned",
    cancel: "Cancel"
  },
  of: (action: string, id: string) => `${action}: order ${id}`,
  ask: {
    Dispatched: "Has this order left for the branch?",
    Delivered: "Has this order arrived at the branch?",
    Failed: "Did this delivery fail?",
    Replanned: "Plan this delivery again?",
    Returned: "Has this order come back?",
    cancel: "Cancel this order?"
  },
  explain: {
    Dispatched: "Once dispatched, it can no longer be cancelled.",
    Delivered: "This completes the order.",
    Failed: "It can be dispatched again, or returned.",
    Replanned: "It can be dispatched again.",
    Returned: "This ends the delivery. The order is cancelled and its money given back.",
    cancel: "What was charged is refunded once. It is not possible after dispatch."
  },
  confirm: {
    Dispatched: "Dispatch",
    Delivered: "It has arrived",
    Failed: "It failed",
    Replanned: "Plan it again",
    Returned: "It came back",
    cancel: "Cancel the order"
  },
  reason: "Reason",
  reasonHint: "Up to 500 characters; it stays with the order.",
  done: {
    Dispatched: (id: string) => `Order ${id} is dispatched.`,
    Delivered: (id: string) => `Order ${id} is delivered.`,
    Failed: (id: string) => `The delivery of order ${id} is marked as failed.`,
    Replanned: (id: string) => `The delivery of order ${id} is planned again.`,
    Returned: (id: string) => `Order ${id} is marked as returned.`
  },
  cancelled: (id: string) => `Order ${id} is cancelled.`,
  refundOwed: (id: string) =>
    `The cancellation of order ${id} is accepted. If money was taken, its refund is on its way.`
}

const ko: typeof en = {
  actions: {
    Dispatched: "출고",
    Delivered: "배송 완료",
    Failed: "배송 실패",
    Replanned: "재배송",
    Returned: "반송",
    cancel: "취소"
  },
  of: (action, id) => `${action}: 주문 ${id}`,
  ask: {
    Dispatched: "이 주문을 지점으로 출고했습니까?",
    Delivered: "이 주문이 지점에 도착했습니까?",
    Failed: "이 배송이 실패했습니까?",
    Replanned: "이 배송을 다시 계획할까요?",
    Returned: "이 주문이 반송되었습니까?",
    cancel: "이 주문을 취소할까요?"
  },
  explain: {
    Dispatched: "출고한 뒤에는 취소할 수 없습니다.",
    Delivered: "주문이 완료됩니다.",
    Failed: "다시 출고하거나 반송할 수 있습니다.",
    Replanned: "다시 출고할 수 있습니다.",
    Returned: "배송이 종료되고, 주문이 취소되며 결제 금액이 환불됩니다.",
    cancel: "결제된 금액은 한 번 환불됩니다. 출고한 뒤에는 취소할 수 없습니다."
  },
  confirm: {
    Dispatched: "출고",
    Delivered: "도착 확인",
    Failed: "실패로 기록",
    Replanned: "재배송 계획",
    Returned: "반송으로 기록",
    cancel: "주문 취소"
  },
  reason: "사유",
  reasonHint: "500자까지 입력할 수 있으며 주문에 함께 기록됩니다.",
  done: {
    Dispatched: (id) => `주문 ${id}을(를) 출고했습니다.`,
    Delivered: (id) => `주문 ${id}의 배송이 완료되었습니다.`,
    Failed: (id) => `주문 ${id}의 배송을 실패로 기록했습니다.`,
    Replanned: (id) => `주문 ${id}의 배송을 다시 계획했습니다.`,
    Returned: (id) => `주문 ${id}을(를) 반송으로 기록했습니다.`
  },
  cancelled: (id) => `주문 ${id}을(를) 취소했습니다.`,
  refundOwed: (id) => `주문 ${id}의 취소를 접수했습니다. 결제된 금액이 있으면 환불이 진행됩니다.`
}

export const orderTexts: Texts<typeof en> = { en, ko }

import type { Texts } from "../texts/Language.ts"

const en = {
  title: "Payments",
  tabs: {
    Unknown: "Outcome unknown",
    RefundRequested: "Refunds owed",
    Attention: "Needs a look",
    Failed: "To be made sure of",
    Requested: "Under way",
    Books: "Reconciliation"
  },
  explain: {
    Unknown:
      "The provider fell silent: it may have charged or not. It is asked again by itself, at most 15 seconds apart, until it tells.",
    RefundRequested:
      "Orders that ended after the money was taken. The refund is tried again by itself until the provider gives it.",
    Attention:
      "The provider contradicts what is recorded, or leaves an outcome, a void or a refund open for more than a minute. Read the story, ask the provider, then note that you have looked.",
    Failed:
      "The provider refused, and the order was rejected. It is asked by itself to take no money for it any more; what it took all the same goes back.",
    Requested: "The provider has been asked and has not answered yet. Most are gone in a second."
  },
  none: {
    Unknown: "Every outcome is known.",
    RefundRequested: "No refund is owed.",
    Attention: "Nobody has to look at a payment.",
    Failed: "Nothing is left to be made sure of.",
    Requested: "No payment is under way."
  },
  failed: "The payments could not be read.",
  waiting: "Waits for",
  attempts: "Attempts",
  last: "The last one",
  attention: "Needs a look",
  ask: "Ask the provider now",
  asked: (id: string, status: string) => `${id}: the provider has been asked, now ${status}`,
  acknowledge: "I have looked",
  acknowledged: (id: string) => `${id}: noted`,
  acknowledgeTitle: "Note that somebody has looked?",
  acknowledgeExplain: "It stays on the list until it is settled, but no longer asks for attention.",
  note: "What you found",
  noteHint: "Goes into the payment's history, with your name.",
  of: (action: string, id: string) => `${action}: ${id}`,
  actions: "What can be done",
  count: (count: string) => `${count} waiting`
}

const ko: typeof en = {
  title: "결제",
  tabs: {
    Unknown: "결과 미확인",
    RefundRequested: "환불 예정",
    Attention: "확인 필요",
    Failed: "실패 확정 대기",
    Requested: "진행 중",
    Books: "장부 대조"
  },
  explain: {
    Unknown:
      "결제사의 응답이 없어 청구 여부를 알 수 없습니다. 결과를 알 때까지 최대 15초 간격으로 자동 조회합니다.",
    RefundRequested: "결제 후 종료된 주문입니다. 환불될 때까지 자동으로 다시 시도합니다.",
    Attention:
      "결제사의 말이 기록과 다르거나, 결과나 무효 처리, 환불을 1분 넘게 알려 주지 않은 결제입니다. 이력을 읽고 결제사에 확인한 뒤 확인했다고 기록하세요.",
    Failed:
      "결제사가 거절하여 주문이 거부되었습니다. 이후에도 청구하지 않도록 결제사에 자동으로 요청하며, 이미 청구된 금액은 환불됩니다.",
    Requested: "결제사에 요청했고 아직 응답이 없습니다. 대부분 1초 안에 끝납니다."
  },
  none: {
    Unknown: "모든 결제 결과를 알고 있습니다.",
    RefundRequested: "환불할 결제가 없습니다.",
    Attention: "확인할 결제가 없습니다.",
    Failed: "확정을 기다리는 실패 결제가 없습니다.",
    Requested: "진행 중인 결제가 없습니다."
  },
  failed: "결제 목록을 불러오지 못했습니다.",
  waiting: "대기 시간",
  attempts: "시도",
  last: "마지막 시도",
  attention: "확인 필요",
  ask: "지금 결제사에 조회",
  asked: (id, status) => `${id}: 결제사에 조회함, 현재 ${status}`,
  acknowledge: "확인했습니다",
  acknowledged: (id) => `${id}: 기록했습니다`,
  acknowledgeTitle: "확인한 것으로 기록할까요?",
  acknowledgeExplain: "정산될 때까지 목록에 남지만, 확인 필요 표시는 사라집니다.",
  note: "확인한 내용",
  noteHint: "확인한 사람의 이름과 함께 결제 이력에 남습니다.",
  of: (action, id) => `${id} ${action}`,
  actions: "처리",
  count: (count) => `대기 ${count}건`
}

export const paymentsTexts: Texts<typeof en> = { en, ko }

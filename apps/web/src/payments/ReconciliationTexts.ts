import type { Texts } from "../texts/Language.ts"

const en = {
  explain:
    "Orders, payments and deliveries, held against the provider's ledger: is nothing charged that was not ordered, and nothing delivered that was not paid?",
  compare: "Compare now",
  failed: "How the books stand could not be read.",
  broken: "The last comparison did not come to an end.",
  running: {
    provider: "Reading the provider's ledger",
    payment: "Reading the payments",
    delivery: "Reading the deliveries",
    order: "Reading the orders and comparing"
  },
  read: (read: string) => `${read} entries read`,
  verdict: {
    agree: "The books agree",
    settling: "The books agree, but for what is on its way",
    differ: "The books differ",
    unexplained: "The sums differ, and no single payment explains it"
  },
  asOf: (at: string, took: string, read: string) => `As of ${at}: ${read} entries compared in ${took}`,
  figures: {
    orders: "Orders",
    payments: "Payments",
    charges: "Charges at the provider",
    deliveries: "Deliveries"
  },
  money: "Money",
  sums: {
    currency: "Currency",
    due: "Live orders",
    captured: "Captured",
    refunded: "Refunded",
    held: "Held",
    difference: "Difference"
  },
  findings: "What differs",
  shown: (shown: string, all: string) => `the oldest ${shown} of ${all}`,
  says: "What the books say",
  amounts: "Charged / given back",
  since: (time: string) => `for ${time}`,
  ledger: "Provider",
  todo: "What to do",
  unknown: "not there",
  provider: { captured: "Captured", refunded: "Refunded", voided: "Voided", declined: "Declined" },
  kinds: {
    "charged-twice": "Charged more than once",
    "charged-unasked": "Charged though never asked for",
    "amount-differs": "Another amount was charged",
    "refunded-twice": "Given back twice",
    "refund-differs": "Another amount was given back",
    "refunded-live": "The money of a live order went back",
    "capture-missing": "The provider knows no such charge",
    "refund-missing": "The provider knows no such refund",
    "capture-unrecorded": "Charged, but not recorded here",
    "refund-unrecorded": "Given back, but not recorded here",
    "refund-owed": "Money of an order that has ended",
    "order-unpaid": "Paid, but the order does not know yet",
    "paid-uncharged": "The order counts as paid, nothing was charged",
    "payment-unasked": "The payment was not asked for yet",
    "outcome-open": "The provider has not told the outcome",
    "goods-unpaid": "Goods left the house that nobody has paid for",
    "delivery-missing": "Paid, and not prepared for delivery yet",
    "attention": "Somebody has to look at the payment"
  },
  itself: "Is settled by itself; you may ask the provider now.",
  itselfOnly: "Is settled by itself.",
  hints: {
    inquire: "Ask the provider again.",
    release: "Nobody here asked for it: give the money back.",
    cancel: "The money is back with the branch: end the order, or its goods go out unpaid.",
    acknowledge: "Read the story, then note that you have looked.",
    look: "Read the story, and set it right with the provider or with the goods."
  },
  release: "Give the money back",
  releaseTitle: "Give this charge back?",
  releaseExplain:
    "Payment, order and delivery are asked first: what any of them counts on is not given back.",
  released: (id: string) => `${id}: the money goes back`,
  cancel: "End the order",
  cancelTitle: "End this order?",
  cancelExplain: "Its money has gone back already. Goods that have not left yet stay here.",
  cancelled: (id: string) => `${id}: the order ends`,
  reason: "Reason",
  reasonHint: "Goes into the order's history.",
  reasonInitial: "the provider has given the money back",
  story: "Story",
  strangers: (count: string) =>
    `${count} lines of the ledger are no payments of ours. Ask the provider what they are:`
}

const ko: typeof en = {
  explain:
    "주문·결제·배송을 결제사 장부와 맞춰 봅니다. 주문하지 않은 청구나 결제하지 않은 배송이 없는지 확인합니다.",
  compare: "지금 대조",
  failed: "대조 결과를 불러오지 못했습니다.",
  broken: "마지막 대조를 끝내지 못했습니다.",
  running: {
    provider: "결제사 장부를 읽는 중",
    payment: "결제 기록을 읽는 중",
    delivery: "배송 기록을 읽는 중",
    order: "주문 기록을 읽고 비교하는 중"
  },
  read: (read) => `${read}건 읽음`,
  verdict: {
    agree: "장부가 일치합니다",
    settling: "처리 중인 건을 빼면 장부가 일치합니다",
    differ: "장부가 서로 다릅니다",
    unexplained: "합계가 다르지만 설명되는 결제가 없습니다"
  },
  asOf: (at, took, read) => `${at} 기준, ${read}건을 ${took} 동안 대조`,
  figures: { orders: "주문", payments: "결제", charges: "결제사 청구", deliveries: "배송" },
  money: "금액",
  sums: {
    currency: "통화",
    due: "유효 주문",
    captured: "청구",
    refunded: "환불",
    held: "보유",
    difference: "차액"
  },
  findings: "차이",
  shown: (shown, all) => `전체 ${all}건 중 오래된 ${shown}건`,
  says: "장부별 상태",
  amounts: "청구 / 환불",
  since: (time) => `${time} 경과`,
  ledger: "결제사",
  todo: "할 일",
  unknown: "없음",
  provider: { captured: "청구됨", refunded: "환불됨", voided: "무효", declined: "거절됨" },
  kinds: {
    "charged-twice": "두 번 이상 청구됨",
    "charged-unasked": "요청하지 않은 청구",
    "amount-differs": "다른 금액이 청구됨",
    "refunded-twice": "두 번 환불됨",
    "refund-differs": "다른 금액이 환불됨",
    "refunded-live": "유효한 주문의 돈이 환불됨",
    "capture-missing": "결제사에 해당 청구가 없음",
    "refund-missing": "결제사에 해당 환불이 없음",
    "capture-unrecorded": "청구되었으나 여기에 기록되지 않음",
    "refund-unrecorded": "환불되었으나 여기에 기록되지 않음",
    "refund-owed": "끝난 주문의 돈이 남아 있음",
    "order-unpaid": "결제되었으나 주문이 아직 모름",
    "paid-uncharged": "결제된 주문이지만 청구가 없음",
    "payment-unasked": "결제가 아직 요청되지 않음",
    "outcome-open": "결제사가 결과를 알려 주지 않음",
    "goods-unpaid": "결제되지 않은 상품이 출고됨",
    "delivery-missing": "결제되었으나 배송 준비가 시작되지 않음",
    "attention": "담당자가 결제를 확인해야 함"
  },
  itself: "자동으로 처리됩니다. 지금 결제사에 조회할 수도 있습니다.",
  itselfOnly: "자동으로 처리됩니다.",
  hints: {
    inquire: "결제사에 다시 조회하세요.",
    release: "여기서 요청한 적이 없습니다. 돈을 돌려주세요.",
    cancel: "돈이 이미 지점에 돌아갔습니다. 상품이 나가기 전에 주문을 끝내세요.",
    acknowledge: "이력을 읽고 확인했다고 기록하세요.",
    look: "이력을 읽고 결제사 또는 상품을 바로잡으세요."
  },
  release: "돈 돌려주기",
  releaseTitle: "이 청구를 환불할까요?",
  releaseExplain: "결제, 주문, 배송에 먼저 확인합니다. 필요한 청구는 환불되지 않습니다.",
  released: (id) => `${id}: 환불합니다`,
  cancel: "주문 끝내기",
  cancelTitle: "이 주문을 끝낼까요?",
  cancelExplain: "돈은 이미 돌아갔습니다. 아직 나가지 않은 상품은 남습니다.",
  cancelled: (id) => `${id}: 주문을 끝냅니다`,
  reason: "사유",
  reasonHint: "주문 이력에 남습니다.",
  reasonInitial: "결제사가 이미 환불함",
  story: "이력",
  strangers: (count) => `장부의 ${count}줄은 우리 결제가 아닙니다. 결제사에 확인하세요:`
}

export const reconciliationTexts: Texts<typeof en> = { en, ko }

import type { Texts } from "../texts/Language.ts"

const en = {
  title: "Place an order",
  form: "Order",
  hints: {
    branchId: "Letters, digits, dots, dashes or underscores",
    sauceId: "Letters, digits, dots, dashes or underscores",
    qty: "1 to 10,000",
    price: "Whole won; this is what is charged"
  },
  fields: { branchId: "Branch", sauceId: "Sauce", qty: "Quantity", price: "Total price (₩)" },
  /** In place of the server's messages where they are not in the reader's language; empty where they are. */
  faults: { branchId: "", sauceId: "", qty: "", price: "" },
  total: "Total",
  each: (price: string) => `${price} each`,
  send: "Place order",
  sending: "Placing the order…",
  resumed: "Your last attempt had no answer. Sending it again is safe: it cannot be ordered twice.",
  fix: "Please correct the marked fields.",
  paid: "Paid. It is on its way.",
  pending: "Accepted. The payment is not decided yet; it settles by itself, and you see it here.",
  replayed: "It was already placed before: there is one order, not two.",
  story: "Follow it",
  recent: "Order again",
  recentHint: "What this branch ordered lately. Choose one to fill in the form.",
  recentNone: "Fill in a branch to see what it ordered lately.",
  recentEmpty: "This branch has not ordered yet.",
  placed: "Just placed"
}

const ko: typeof en = {
  title: "주문하기",
  form: "주문",
  hints: {
    branchId: "영문자, 숫자, 점, 하이픈, 밑줄",
    sauceId: "영문자, 숫자, 점, 하이픈, 밑줄",
    qty: "1부터 10,000까지",
    price: "원 단위 정수이며 이 금액이 결제됩니다"
  },
  fields: { branchId: "지점", sauceId: "소스", qty: "수량", price: "총금액 (원)" },
  faults: {
    branchId: "영문자, 숫자, 점, 하이픈, 밑줄로 1~64자를 입력해 주세요.",
    sauceId: "영문자, 숫자, 점, 하이픈, 밑줄로 1~64자를 입력해 주세요.",
    qty: "1부터 10,000까지의 정수를 입력해 주세요.",
    price: "1부터 1,000,000,000까지의 정수를 입력해 주세요."
  },
  total: "합계",
  each: (price) => `개당 ${price}`,
  send: "주문하기",
  sending: "주문을 보내는 중…",
  resumed: "지난 시도의 응답을 받지 못했습니다. 다시 보내도 주문이 중복되지 않습니다.",
  fix: "표시된 항목을 확인해 주세요.",
  paid: "결제되었습니다. 주문이 진행됩니다.",
  pending: "접수되었습니다. 결제 결과는 아직 확인 중이며, 확정되면 여기에 표시됩니다.",
  replayed: "이미 접수된 주문입니다. 주문은 한 건뿐입니다.",
  story: "진행 상황 보기",
  recent: "다시 주문",
  recentHint: "이 지점이 최근에 주문한 내역입니다. 선택하면 양식이 채워집니다.",
  recentNone: "지점을 입력하면 최근 주문이 표시됩니다.",
  recentEmpty: "이 지점의 주문이 아직 없습니다.",
  placed: "방금 주문한 내역"
}

export const placeTexts: Texts<typeof en> = { en, ko }

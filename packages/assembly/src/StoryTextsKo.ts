import { money, type StoryTexts, took } from "./StoryText.ts"

const amountOf = money("ko")

const refusers = { provider: "결제 대행사", breaker: "서킷 브레이커", bulkhead: "동시 호출 한도" }

export const ko: StoryTexts = {
  OrderRegistered: ({ goods, price }) =>
    `지점 ${goods.branchId}에서 소스 ${goods.sauceId} ${goods.quantity}개를 ${
      amountOf(price)
    }에 주문했습니다`,
  OrderPaymentPending: () => "주문이 결제 결과를 기다리고 있습니다",
  OrderPaid: () => "주문이 결제되었습니다",
  OrderRejected: ({ reason }) =>
    reason === "payment-declined"
      ? "결제가 거절되어 주문이 종료되었습니다"
      : "결제 대행사에 연결할 수 없어 주문이 종료되었습니다",
  OrderPreparing: () => "주문을 준비하고 있습니다",
  OrderDispatched: () => "주문이 출고되었습니다",
  OrderDelivered: () => "주문이 도착했습니다",
  OrderCancellationRequested: ({ reason }) => `취소를 요청했습니다: ${reason}`,
  OrderCancelled: ({ returned }) =>
    returned ? "물품이 반송되어 주문이 취소되었습니다" : "주문이 취소되었습니다",
  OrderCancellationRefused: () => "이미 출고되어 취소가 거부되었습니다",
  PaymentRequested: ({ amount }) => `${amountOf(amount)} 결제를 요청했습니다`,
  PaymentCaptured: (event) =>
    `결제 대행사가 ${amountOf(event.amount)}을 승인했습니다. 승인 번호 ${event.reference}${took(event)}` +
    (event.wanted ? "" : ". 더 이상 필요 없는 결제입니다"),
  PaymentDeclined: (event) => `결제 대행사가 거절했습니다: ${event.code}${took(event)}`,
  PaymentFailed: (event) =>
    `거부한 쪽: ${refusers[event.by ?? "provider"]}${
      event.took === undefined ? "(결제사에 요청하지 않음)" : ""
    }: ` +
    `${event.detail}${took(event)}`,
  PaymentOutcomeUnknown: (event) => `결제 결과를 알 수 없습니다: ${event.detail}${took(event)}`,
  PaymentVoidRequested: ({ reason }) => `결제를 무효로 해야 합니다: ${reason}`,
  PaymentVoided: (event) => `결제가 무효 처리되었습니다${took(event)}`,
  RefundRequested: ({ amount, reason }) => `${amountOf(amount)}을 환불해야 합니다: ${reason}`,
  RefundDelayed: (event) => `아직 환불하지 못했습니다: ${event.detail}${took(event)}`,
  PaymentRefunded: (event) =>
    `${amountOf(event.amount)}이 환불되었습니다. 환불 번호 ${event.reference}${took(event)}`,
  PaymentAttentionRaised: ({ reason }) => `담당자의 확인이 필요합니다: ${reason}`,
  PaymentAttentionCleared: ({ note }) => `담당자가 확인했습니다: ${note}`,
  DeliveryPrepared: ({ goods }) =>
    `지점 ${goods.branchId}로 소스 ${goods.sauceId} ${goods.quantity}개의 배송을 준비하고 있습니다`,
  DeliveryDispatched: () => "배송이 출발했습니다",
  DeliveryDelivered: () => "배송이 완료되었습니다",
  DeliveryFailed: () => "배송하지 못했습니다",
  DeliveryReplanned: () => "배송을 다시 계획했습니다",
  DeliveryReturned: () => "물품이 반송되었습니다",
  DeliveryCancelled: ({ reason }) => `배송이 취소되었습니다: ${reason}`
}

import type { Texts } from "../texts/Language.ts"

const en = {
  title: "Deliveries",
  tabs: { Preparing: "To dispatch", Dispatched: "On the way", Failed: "Failed", Replanned: "Planned again" },
  explain: {
    Preparing: "Paid, and waiting to leave. The longest wait comes first; after ten minutes it is late.",
    Dispatched: "On the way to a branch. After an hour without arrival it is late.",
    Failed: "Could not be delivered. Send it again, or take it back.",
    Replanned: "Waiting to leave once more."
  },
  none: {
    Preparing: "Nothing waits to be dispatched.",
    Dispatched: "Nothing is on the way.",
    Failed: "No delivery has failed.",
    Replanned: "Nothing waits to leave again."
  },
  failed: "The deliveries could not be read.",
  since: "Since",
  late: "Late",
  lateOf: (count: string) => `${count} late`,
  actions: "Stages",
  more: "Show more",
  count: (count: string) => `${count} shown`
}

const ko: typeof en = {
  title: "배송",
  tabs: { Preparing: "출고 대기", Dispatched: "배송 중", Failed: "배송 실패", Replanned: "재배송 대기" },
  explain: {
    Preparing:
      "결제가 끝나 출고를 기다리는 주문입니다. 오래 기다린 순서이며 10분이 지나면 지연으로 표시됩니다.",
    Dispatched: "지점으로 배송 중입니다. 한 시간이 지나도 도착하지 않으면 지연으로 표시됩니다.",
    Failed: "배송하지 못했습니다. 다시 출고하거나 반송할 수 있습니다.",
    Replanned: "다시 출고를 기다리고 있습니다."
  },
  none: {
    Preparing: "출고를 기다리는 주문이 없습니다.",
    Dispatched: "배송 중인 주문이 없습니다.",
    Failed: "실패한 배송이 없습니다.",
    Replanned: "재배송을 기다리는 주문이 없습니다."
  },
  failed: "배송 목록을 불러오지 못했습니다.",
  since: "경과",
  late: "지연",
  lateOf: (count) => `지연 ${count}건`,
  actions: "단계",
  more: "더 보기",
  count: (count) => `${count}건 표시`
}

export const deliveriesTexts: Texts<typeof en> = { en, ko }

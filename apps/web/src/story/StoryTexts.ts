import type { Texts } from "../texts/Language.ts"

const en = {
  title: (id: string) => `Order ${id}`,
  failed: "The order's story could not be read.",
  loading: "Reading what happened",
  missing: (contexts: string) => `Not told: ${contexts} cannot be asked right now. The rest is complete.`,
  copy: "Copy the id",
  copied: "Copied",
  timeline: "What happened",
  empty: "Nothing is recorded of this order yet.",
  placed: "Placed",
  again: "Order this again",
  details: "Data",
  by: {
    policy: (name: string) => `by the policy ${name}`,
    actor: (name: string) => `by ${name}`
  },
  on: (runner: string) => `on ${runner}`,
  breaker: { admitted: "let through by the breaker", refused: "refused by the breaker" },
  progress: "Progress",
  stages: {
    Registered: "Registered",
    Paid: "Paid",
    Preparing: "Preparing",
    Dispatched: "Dispatched",
    Delivered: "Delivered"
  },
  version: (version: string) => `version ${version}`,
  causation: "caused by",
  trace: {
    title: "Traces",
    explain: "What each request or policy did, and for how long. The newest traces are kept in memory.",
    none: "No trace of this order was recorded.",
    gone: "This trace was not sampled, or newer ones have taken its place.",
    failed: "The trace could not be read.",
    pick: "Trace",
    spans: (count: string) => `${count} spans`,
    error: "error",
    kinds: {
      server: "answers a request",
      client: "asks another part",
      consumer: "follows an event",
      internal: "works by itself"
    },
    table: "Spans by start: name, service, start, duration"
  }
}

const ko: typeof en = {
  title: (id) => `주문 ${id}`,
  failed: "주문의 이력을 불러오지 못했습니다.",
  loading: "이력을 불러오는 중",
  missing: (contexts) => `지금은 ${contexts}에 물어볼 수 없어 그 부분이 빠졌습니다. 나머지는 온전합니다.`,
  copy: "번호 복사",
  copied: "복사됨",
  timeline: "진행 이력",
  empty: "아직 이 주문에 기록된 내용이 없습니다.",
  placed: "주문 시각",
  again: "같은 내용으로 다시 주문",
  details: "데이터",
  by: {
    policy: (name) => `정책 ${name}`,
    actor: (name) => `${name}`
  },
  on: (runner) => `${runner}에서`,
  breaker: { admitted: "차단기 통과", refused: "차단기가 거부" },
  progress: "진행 상황",
  stages: {
    Registered: "접수",
    Paid: "결제",
    Preparing: "준비",
    Dispatched: "출고",
    Delivered: "배송 완료"
  },
  version: (version) => `버전 ${version}`,
  causation: "원인",
  trace: {
    title: "트레이스",
    explain: "각 요청과 정책이 한 일과 걸린 시간입니다. 최근 트레이스만 메모리에 보관됩니다.",
    none: "이 주문의 트레이스가 기록되지 않았습니다.",
    gone: "표본으로 뽑히지 않았거나 새 트레이스로 대체되었습니다.",
    failed: "트레이스를 불러오지 못했습니다.",
    pick: "트레이스",
    spans: (count) => `스팬 ${count}개`,
    error: "오류",
    kinds: {
      server: "요청에 응답",
      client: "다른 곳에 요청",
      consumer: "이벤트 처리",
      internal: "내부 작업"
    },
    table: "시작 순서별 스팬: 이름, 서비스, 시작, 소요 시간"
  }
}

export const storyTexts: Texts<typeof en> = { en, ko }

import type { Texts } from "../texts/Language.ts"

const en = {
  title: "Pulse",
  toggle: "The last five minutes",
  throughput: "Orders a second",
  latency: "Time to answer",
  breaker: "Circuit breaker",
  taken: "taken",
  refused: "refused or failed",
  p50: "median",
  p99: "99 of 100",
  none: "no orders",
  chart: (name: string, now: string) => `${name} over the last five minutes. Now: ${now}`,
  states: {
    Closed: "Closed",
    Open: "Open",
    HalfOpen: "Half open",
    ForcedOpen: "Forced open",
    Disabled: "Disabled",
    MetricsOnly: "Metrics only"
  },
  stateHelp: {
    Closed: "Calls reach the provider.",
    Open: "Calls are answered with 503 at once; the provider is left alone.",
    HalfOpen: "A few calls try whether the provider is well again.",
    ForcedOpen: "Opened by hand.",
    Disabled: "It lets everything through.",
    MetricsOnly: "It counts and lets everything through."
  },
  reasons: {
    "failure-rate": "too many calls failed",
    "slow-rate": "too many calls were slow",
    "wait-elapsed": "its time was over",
    "trials-passed": "the trials went well",
    "trials-undecided": "the trials came to no end",
    forced: "by hand",
    reset: "set back by hand"
  },
  rates: (failed: string, slow: string) => `${failed} failed, ${slow} slow`,
  changes: "Changes",
  noChanges: "It has not changed in the last five minutes.",
  noBreaker: "No process that pays has told of its breaker yet."
}

const ko: typeof en = {
  title: "시스템 상태",
  toggle: "최근 5분",
  throughput: "초당 주문",
  latency: "응답 시간",
  breaker: "차단기",
  taken: "접수",
  refused: "거절 또는 실패",
  p50: "중앙값",
  p99: "상위 1% 경계",
  none: "주문 없음",
  chart: (name, now) => `최근 5분간 ${name}. 현재: ${now}`,
  states: {
    Closed: "닫힘",
    Open: "열림",
    HalfOpen: "반열림",
    ForcedOpen: "강제 열림",
    Disabled: "사용 안 함",
    MetricsOnly: "측정만"
  },
  stateHelp: {
    Closed: "결제사로 요청이 전달됩니다.",
    Open: "결제사를 호출하지 않고 바로 503으로 응답합니다.",
    HalfOpen: "몇 건의 요청으로 결제사의 회복을 확인하고 있습니다.",
    ForcedOpen: "수동으로 열렸습니다.",
    Disabled: "모든 요청을 통과시킵니다.",
    MetricsOnly: "측정만 하고 모든 요청을 통과시킵니다."
  },
  reasons: {
    "failure-rate": "실패한 호출이 많음",
    "slow-rate": "느린 호출이 많음",
    "wait-elapsed": "대기 시간 경과",
    "trials-passed": "시험 호출 성공",
    "trials-undecided": "시험 호출 미결",
    forced: "수동",
    reset: "수동 초기화"
  },
  rates: (failed, slow) => `실패 ${failed}, 지연 ${slow}`,
  changes: "변경 내역",
  noChanges: "최근 5분간 변경이 없습니다.",
  noBreaker: "아직 차단기 상태를 알린 결제 프로세스가 없습니다."
}

export const pulseTexts: Texts<typeof en> = { en, ko }

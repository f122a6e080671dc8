import type { en } from "./ChaosTextsEn.ts"

const preset: typeof en.preset = {
  instant: { name: "즉시", explain: "바로 응답합니다." },
  healthy: { name: "정상", explain: "100~700 ms 안에 응답합니다." },
  seed: { name: "일정", explain: "400~700 ms 안에 응답합니다." },
  brownout: { name: "지연 (브라운아웃)", explain: "600~900 ms에 응답합니다. 자주 늦어 차단기가 열립니다." },
  slow: { name: "느림", explain: "900~1,500 ms에 응답합니다." },
  down: { name: "중단", explain: "모든 연결을 거부합니다." },
  decline: { name: "카드 거절", explain: "모든 카드를 거절합니다." },
  hang: { name: "무응답", explain: "요청을 받고 30초 동안 응답하지 않습니다." },
  "lost-reply": { name: "응답 유실", explain: "돈을 받은 뒤 연결이 끊깁니다." },
  "duplicate-webhook": { name: "웹훅 중복", explain: "모든 알림을 두 번 보냅니다." }
}

export const ko: typeof en = {
  title: "카오스",
  lead:
    "무엇이든 고장 내고 숫자를 지켜보세요. 0을 지키기로 약속한 숫자입니다. 여기서 시작한 장애는 저절로 끝납니다.",
  failed: "카오스 데스크에 연결할 수 없습니다.",
  lasts: "지속 시간",
  counters: "약속의 결과",
  counter: {
    lost: { name: "유실", means: "접수를 확인해 주었지만 기록에 없음" },
    doubled: { name: "중복", means: "두 번 이상 결제, 환불 또는 배송 준비됨" },
    unordered: { name: "주문 없는 결제", means: "결제되었지만 주문이 없음" },
    settling: { name: "처리 중", means: "아직 결정, 준비 또는 환불되지 않음. 복구 1분 뒤에는 0입니다." }
  },
  of: {
    acknowledged: (count) => `확인된 접수 ${count}건 중`,
    orders: (count) => `주문 ${count}건 중`,
    charges: (count) => `결제 ${count}건 중`
  },
  reading: "기록을 읽는 중",
  asOf: (clock) => `${clock} 기준`,
  underWay: "진행 중인 장애",
  nothing: "지금은 아무 장애도 없습니다.",
  running: (count) => `동시에 ${count}건`,
  phase: { beginning: "시작하는 중", ending: "끝나는 중" },
  left: (time) => `${time} 남음`,
  untilReady: "서비스가 다시 준비될 때까지",
  end: "끝내기",
  endOne: (name) => `끝내기: ${name}`,
  endAll: "모두 끝내기",
  past: (count) => `끝난 장애 (${count})`,
  holds: "지킬 약속",
  verdict: { reading: "확인 중", holds: "지금까지 위반 없음", broken: "깨짐" },
  meanwhile: "그동안",
  guarantee: {
    P1: "유실 없음",
    P2: "결제는 한 번",
    P3: "배송은 한 번",
    P4: "환불은 한 번",
    P5: "기록은 한 곳에서",
    P6: "효과는 한 번",
    P7: "읽기는 되돌아가지 않음",
    P8: "현황판이 따라잡음",
    P9: "모든 주문이 끝남",
    P10: "실패한 요청 없음"
  },
  symptom: {
    slow: "느린 응답",
    pending: "202, 나중에 결제",
    declined: "402, 카드 거절",
    busy: "429, 요청 과다",
    refused: "503, 결제 없음",
    unreachable: "연결 끊김",
    "late-delivery": "늦은 배송 준비",
    "late-dashboard": "늦은 현황판"
  },
  load: "주문량",
  loadExplain: "응답과 관계없이 이 컴퓨터가 일정한 속도로 주문합니다.",
  rate: (count) => `초당 ${count}건`,
  rateExplain: {
    1: "가끔 들어오는 주문입니다.",
    10: "바쁜 저녁입니다.",
    100: "코어 두 개의 프로세스 하나로는 벅찹니다. 일부는 다시 오라는 응답을 받습니다."
  },
  sent: (sent, answered) => `보냄 ${sent}, 응답 ${answered}`,
  unanswered: { timeout: "무응답", broken: "끊김" },
  bank: "결제사",
  bankExplain: "대역 결제사가 어떻게 응답할지 고릅니다.",
  presetNow: (name) => `현재: ${name}`,
  preset,
  processes: "프로세스",
  processesExplain: "사라진 프로세스는 다시 시작되고, 그동안 샤드는 다른 곳에서 동작합니다.",
  oneProcess: "지금은 프로세스가 하나여서 따로 고장 낼 수 있는 것이 없습니다.",
  service: {
    gateway: "게이트웨이",
    order: "주문",
    payment: "결제",
    delivery: "배송",
    dashboard: "현황판",
    provider: "결제사 (대역)",
    postgres: "데이터베이스 (PostgreSQL)"
  },
  gone: "실행 중인 프로세스 없음",
  state: {
    ready: "준비됨",
    starting: "시작하는 중",
    unready: "준비 안 됨",
    paused: "정지됨",
    stopping: "끝나는 중",
    waiting: "곧 시작"
  },
  acts: {
    kill: "강제 종료 (kill -9)",
    pause: "일시 정지",
    stop: "전부 중지",
    scale: (processes) => `${processes}개로 조정`
  },
  strikes: {
    preset: (name) => `결제사: ${name}`,
    load: (rate) => `초당 주문 ${rate}건`,
    process: (act, process) => `${process}: ${act}`
  }
}

import { backupKo } from "./TextsBackupKo.ts"
import type { Texts } from "./TextsEn.ts"
import { reportKo } from "./TextsReportKo.ts"
import { tracesKo } from "./TextsTracesKo.ts"

export const ko = {
  ...backupKo,
  ...reportKo,
  ...tracesKo,
  language: "ko",
  summary: "소스 주문을 접수하고, 결제하고, 배송하고, 지켜봅니다",
  usageHint: "--help를 붙이면 사용법을 볼 수 있습니다.",
  bug: "일어나서는 안 되는 일이 일어났습니다. 아래 내용을 알려 주세요.",
  options: {
    url: "Saucier의 주소. 없으면 SAUCIER_HTTP_HOST와 SAUCIER_HTTP_PORT를 따릅니다",
    urlInvalid: "--url에는 http://127.0.0.1:8088 같은 주소를 적습니다",
    json: "프로그램용: 글 대신 JSON으로 출력합니다",
    positive: (name) => `--${name}에는 0보다 큰 수를 적습니다`,
    count: (name, most) => `--${name}에는 0부터 ${most}까지의 정수를 적습니다`,
    choice: (name, choices) => `--${name}에는 다음 중 하나를 적습니다: ${choices}`,
    path: (name) => `--${name}에는 경로를 적습니다`
  },
  server: {
    unreachable: (url) =>
      `${url} 에서 응답이 없습니다.\n시작하려면: pnpm start   (다른 곳에서 실행 중이면 --url로 알려 주세요)`,
    stranger: (url) => `${url} 에서 응답하는 것은 Saucier가 아니거나 버전이 다릅니다.`,
    keyWanted:
      "키를 SAUCIER_API_KEY에 넣으세요. 운영자는 다음 명령으로 키를 만듭니다: pnpm saucier key 이름 --role operator",
    refused: (status, title, detail) => `${title} (${status}): ${detail}`
  },
  start: {
    about: "SQLite를 써서 전체 시스템을 프로세스 하나로 실행합니다",
    ready: "Saucier가 실행 중입니다",
    dashboard: "대시보드",
    docs: "API와 설명",
    health: "상태",
    firstOrder: "첫 주문을 넣어 보세요:",
    stop: "Ctrl-C로 멈춥니다. 접수된 주문은 보존됩니다.",
    noStore: (detail) => `${detail}\n폴더가 맞다면 Saucier가 이미 실행 중인지 확인하세요: pnpm saucier doctor`
  },
  key: {
    about: "인증을 요구하는 시스템에 접속할 사람의 키를 만듭니다",
    name: "이벤트에 남을 이름, 예: shop-1",
    nameInvalid: "이름은 영문자, 숫자, 점, 하이픈, 밑줄 1~64자입니다",
    role: "역할: branch는 자기 지점의 주문, clerk는 결제, dispatcher는 배송, operator는 모든 일을 합니다",
    branch: "지점 번호, --role branch와 함께 씁니다",
    branchWithRole: "--branch와 --role branch는 함께 써야 합니다",
    branchInvalid: "--branch는 영문자, 숫자, 점, 하이픈, 밑줄 1~64자입니다",
    made: "키입니다. 지금 한 번만 보여 드립니다:",
    entry: "다음 항목을 SAUCIER_AUTH_KEYS에 기존 항목과 함께(쉼표나 줄바꿈으로 구분) 넣고 다시 시작하세요:",
    use:
      "`Authorization: Bearer <키>`로 보냅니다. 명령줄은 SAUCIER_API_KEY에서 읽고, 웹 페이지는 로그인할 때 묻습니다."
  },
  story: {
    about: "주문에 일어난 모든 일을 시간순으로 보여 줍니다: 이벤트, 결제 시도, 결정, 배송 단계",
    order: "주문 번호, ord_…",
    unknown: (order: string) => `주문 ${order}이(가) 없습니다`,
    by: (actor: string) => `결정: ${actor}`,
    byPolicy: (policy: string) => `결정: 정책 ${policy}`,
    on: (runner: string) => `처리: ${runner}`,
    breaker: { admitted: "브레이커 통과", refused: "브레이커가 거부" },
    missing: (contexts: string) => `응답이 없어 빠진 부분: ${contexts}`,
    traces: (ids: string) => `트레이스: ${ids}`
  },
  cluster: {
    about:
      "서비스마다 별도 프로세스로 PostgreSQL 위에서 실행합니다. 실행 중인 슈퍼바이저에 명령할 수도 있습니다",
    count: (service: string) => `${service} 프로세스 수`,
    countInvalid: (service: string, most: number) =>
      `${service}에는 1개에서 ${most}개까지의 프로세스를 둘 수 있습니다`,
    printLogs: "프로세스들의 출력도 함께 보여 줍니다",
    autoscale: "gateway, order, payment의 프로세스 수를 부하에 맞춥니다",
    scaling: "부하에 따라 조절",
    starting: "데이터베이스, 결제 대행사, 서비스를 시작하는 중...",
    ready: "모든 서비스가 준비되었습니다",
    logsIn: "로그",
    service: "order, payment, delivery, dashboard 또는 gateway",
    processes: "실행할 프로세스 수",
    scale: "서비스의 프로세스 수를 바꿉니다",
    restart: "서비스의 프로세스를 하나씩, 후임이 준비된 다음에 교체합니다",
    stop: "서비스의 모든 프로세스를 멈춥니다",
    start: "멈춘 서비스를 시작합니다",
    status: "프로세스를 보여 줍니다",
    logs: "프로세스들이 출력한 내용을 보여 줍니다",
    follow: "새로 출력되는 내용을 계속 보여 줍니다",
    noLogs: "그런 로그가 없습니다.",
    none: "이 데이터 폴더에서 실행 중인 슈퍼바이저가 없습니다. 시작: pnpm saucier cluster",
    oneWriter: (context: string, setting: string) =>
      `${context}은(는) SQLite에 있고 그 파일은 한 프로세스만 쓸 수 있습니다. 하나만 실행하거나 ${setting}에 postgres:// 주소를 지정하세요`,
    refusals: {
      "one-writer": "데이터베이스가 SQLite라서 한 프로세스만 실행할 수 있습니다",
      fixed: "하나만 실행됩니다",
      stopped: "실행 중인 프로세스가 없습니다. 먼저 시작하세요",
      stopping: "슈퍼바이저가 곧 종료됩니다"
    },
    noDatabase: (detail: string) =>
      `데이터 폴더에서 PostgreSQL을 실행할 수 없습니다: ${detail}\n` +
      "SAUCIER_DATA_DIR로 일반 사용자가 접근할 수 있는 폴더를 고르거나, SAUCIER_CLUSTER_DATABASE_URL과 " +
      "SAUCIER_{ORDER,PAYMENT,DELIVERY,DASHBOARD}_DATABASE_URL로 서버를 지정하세요",
    misconfigured: (name: string) => `${name}이(가) 설정을 거부했습니다. 로그에 어떤 설정인지 나와 있습니다`,
    folderTaken:
      "다른 슈퍼바이저가 이 데이터 폴더에서 실행 중입니다. 멈추거나 SAUCIER_DATA_DIR로 다른 폴더를 고르세요",
    noFolder: (detail: string) => `데이터 폴더를 쓸 수 없습니다: ${detail}`,
    headers: ["프로세스", "pid", "상태", "샤드", "주문/초", "MB", "재시작", "주소"],
    states: {
      starting: "시작 중",
      ready: "준비됨",
      unready: "준비 안 됨",
      paused: "일시 정지",
      stopping: "종료 중",
      waiting: "재시작 대기",
      stopped: "멈춤"
    },
    news: {
      started: (name: string, pid: number) => `${name} 시작 (pid ${pid})`,
      ready: (name: string) => `${name} 준비됨`,
      unready: (name: string) => `${name}이(가) 더 이상 준비되어 있지 않습니다`,
      hung: (name: string) => `${name}이(가) 응답하지 않아 강제로 종료했습니다`,
      ended: (name: string, how: string, seconds: string) =>
        `${name} 종료 (${how}); ${seconds}초 뒤에 다시 시작`,
      stopped: (name: string) => `${name} 멈춤`,
      forced: (name: string) => `${name}이(가) 제때 끝나지 않아 강제로 종료했습니다`,
      leftOver: (name: string) => `${name}: 이전 슈퍼바이저가 남긴 프로세스를 종료했습니다`,
      scaled: (name: string, from: number, to: number) =>
        `${name}의 프로세스를 ${from}개에서 ${to}개로 바꿉니다`
    }
  },
  doctor: {
    about: "무엇이 Saucier의 동작을 막는지, 어떻게 하면 되는지 알려 줍니다",
    node: "Node.js",
    nodeOld: (wanted) => `Node.js ${wanted} 이상을 설치하세요`,
    native: "SQLite",
    nativeOk: "네이티브 모듈이 동작합니다",
    nativeNext:
      "`pnpm rebuild better-sqlite3`를 실행하세요. python3, make, C++ 컴파일러가 필요할 수 있습니다",
    settings: "설정",
    settingsOk: "모두 올바릅니다",
    settingMisspelt: (key: string, meant: string) => `${key}(이)라는 설정은 없습니다. 혹시 ${meant}인가요?`,
    settingsNext: "환경 변수를 고치거나, 지워서 기본값을 쓰세요",
    data: "데이터 폴더",
    dataOk: (folder) => `${folder} 에 쓸 수 있습니다`,
    dataFail: (folder) => `${folder} 에 쓸 수 없습니다`,
    dataNext: "쓰기 권한을 주거나 SAUCIER_DATA_DIR로 다른 폴더를 고르세요",
    disk: "디스크",
    diskFree: (gigabytes) => `${gigabytes} GB 남음`,
    diskUnknown: "남은 공간을 알 수 없습니다",
    diskNext: "공간을 확보하세요. 공간이 없으면 주문을 저장할 수 없습니다",
    port: "주소",
    portFree: (url) => `${url} 은 비어 있고, 실행 중인 것이 없습니다`,
    portOurs: (url) => `${url} 에서 Saucier가 응답합니다`,
    portTaken: (url) => `${url} 에서 다른 프로그램이 응답합니다`,
    portSilent: (url) => `${url} 에서 응답이 없습니다`,
    portStart: "시작하려면: pnpm start",
    portNext: "그 프로그램을 멈추거나 SAUCIER_HTTP_PORT로 다른 포트를 고르세요",
    ready: "준비 상태",
    readyOk: "준비됨",
    readyNext: "이유는 프로세스의 로그에 있습니다",
    parked: "보류된 이벤트",
    parkedNone: "없음",
    parkedSome: (count) => `${count}건이 처리를 기다립니다`,
    parkedUnknown: "목록을 읽을 수 없습니다",
    parkedNext: "목록 보기: pnpm saucier parked list",
    clock: "시계",
    clockOk: "정상",
    clockSkew: (seconds) => `서버와 ${seconds}초 차이가 납니다`,
    clockPast: "과거를 가리킵니다",
    clockNext: "시계를 동기화(NTP)하세요. 주문 시각을 이 시계에서 읽습니다"
  },
  reconcile: {
    about: "주문, 결제, 배송, 결제 대행사 장부를 비교해 서로 다른 곳을 보여 줍니다",
    settle:
      "서로 다른 결제마다 대행사에 다시 조회하고, 여기서 아무도 모르는 결제는 환불하며, 돈이 이미 돌아간 주문은 취소합니다",
    reading: "{value}건 읽음 · {duration_formatted}",
    unreadable: (event: string) =>
      `${event}을(를) 읽을 수 없습니다. 장부가 손상되었을 수 있어 비교하지 않았습니다`,
    headers: ["주문", "차이", "주문 상태", "결제 상태", "배송 상태", "대행사 상태", "경과", "해결 주체"],
    kinds: {
      "charged-twice": "두 번 이상 청구됨",
      "charged-unasked": "요청하지 않은 청구",
      "amount-differs": "다른 금액이 청구됨",
      "refunded-twice": "두 번 환불됨",
      "refund-differs": "다른 금액이 환불됨",
      "refunded-live": "환불된 주문이 아직 유효함",
      "capture-missing": "대행사에 해당 승인이 없음",
      "refund-missing": "대행사에 해당 환불이 없음",
      "capture-unrecorded": "청구되었으나 여기에 기록되지 않음",
      "refund-unrecorded": "환불되었으나 여기에 기록되지 않음",
      "refund-owed": "끝난 주문의 돈이 남아 있음",
      "order-unpaid": "결제되었으나 주문이 아직 모름",
      "paid-uncharged": "결제된 주문이지만 청구가 없음",
      "payment-unasked": "결제가 아직 요청되지 않음",
      "outcome-open": "대행사가 결과를 알려 주지 않음",
      "goods-unpaid": "결제되지 않은 상품이 출고됨",
      "delivery-missing": "결제되었으나 배송 준비가 시작되지 않음",
      "attention": "담당자가 결제를 확인해야 함"
    },
    settlers: {
      "payment.request": "다음 결제 요청(자동)",
      "payment.settle": "다음 조회(자동)",
      "payment.release": "결제 해제(자동)",
      "order.payment": "주문의 다음 이벤트(자동)",
      "delivery.prepare": "배송 준비(자동)",
      "clerk": "담당자: GET /payments/{id} 확인"
    },
    more: (count: number) => `… 외 ${count}건 (--json으로 모두 보기)`,
    strangers: (count: number) => `장부의 ${count}줄은 우리 결제가 아닙니다`,
    sums: ["통화", "유효 주문", "청구", "환불", "보유", "차액"],
    agree: (count: number) => `결제 ${count}건: 주문, 결제, 대행사 장부가 일치합니다`,
    young: (count: number) => `${count}건이 다르지만 모두 1분 이내이며 해결되는 중입니다`,
    old: (count: number) => `${count}건이 1분 넘게 서로 다릅니다`,
    unexplained: "보유 금액이 유효 주문의 합계와 다르지만 설명되는 결제가 없습니다",
    released: (paymentId) => `${paymentId}: 아무도 모르는 결제라서 돈을 돌려주었습니다`,
    cancelled: (orderId) => `${orderId}: 돈이 이미 돌아갔으므로 주문을 취소했습니다`,
    unasked: (paymentId: string) => `${paymentId}: 여기에 해당 결제가 없습니다`,
    asked: (paymentId: string, status: string) => `${paymentId}: 대행사에 조회함, 현재 ${status}`
  },
  provider: {
    about: "모의 결제 대행사",
    preset: "동작을 보거나 바꿉니다",
    name: "바꿀 동작",
    rate: "승인 뒤 응답이 사라지는 결제의 비율(0에서 1까지)",
    rateInvalid: "--lost-reply-rate는 0.01처럼 0에서 1까지의 비율이어야 합니다",
    nameInvalid: (name, known) => `NAME에는 다음 중 하나를 적습니다: ${known}. "${name}"은(는) 없습니다`,
    nameMissing: "--lost-reply-rate에는 동작의 이름이 필요합니다. 예: preset healthy --lost-reply-rate 0.01",
    loses: (percent: number) => `결제 응답의 ${percent} %가 사라집니다`,
    presets: {
      "instant": "바로 응답합니다",
      "healthy": "100~700 ms 안에 응답합니다",
      "seed": "400~700 ms 안에 응답합니다",
      "brownout": "600~900 ms 안에 응답합니다",
      "slow": "900~1500 ms 안에 응답합니다",
      "down": "연결을 거부합니다",
      "decline": "모든 카드를 거절합니다",
      "hang": "30초 뒤에 응답합니다",
      "lost-reply": "승인한 뒤 연결이 끊어집니다",
      "duplicate-webhook": "웹훅을 두 번, 늦게, 순서 없이 보냅니다"
    }
  },
  events: {
    about: "지금까지 일어난 일을 읽습니다",
    tail: "최근 이벤트를 보여 줍니다",
    export: "모든 이벤트를 컨텍스트별로 JSON 한 줄씩 씁니다",
    context: "이 컨텍스트만",
    follow: "앞으로 일어나는 일도 계속 보여 줍니다",
    lines: "보여 줄 최근 이벤트 수",
    output: "쓸 파일. 없으면 터미널이나 파이프로 보냅니다",
    progress: "이벤트 {value}개 · {duration_formatted}",
    written: (count, file) => `이벤트 ${count}개를 ${file} 에 썼습니다`,
    unwritable: (file, detail) => `${file} 에 쓸 수 없습니다: ${detail}`
  },
  dashboard: {
    about: "대시보드의 조회 모델을 다룹니다",
    rebuild: "이벤트로 조회 모델을 새로 만듭니다. 그동안 옛 모델이 응답합니다",
    progress: "{bar} 이벤트 {value}개 · {duration_formatted}",
    done: (events, changed, seconds) =>
      `이벤트 ${events}개로 ${seconds}초 만에 다시 만들었습니다. 달라진 행은 ${changed}개입니다`,
    failed: (detail) => `다시 만들지 못했습니다: ${detail}`
  },
  parked: {
    about: "구독이 처리하지 못해 따로 둔 이벤트",
    list: "목록을 보여 줍니다",
    retry: "실패한 이벤트부터 다시 처리합니다",
    skip: "실패한 이벤트를 버리고 그 뒤를 이어 갑니다",
    subscription: "`parked list`에 나오는 구독 이름",
    stream: "`parked list`에 나오는 스트림 아이디",
    all: "보류된 것 모두",
    none: "보류된 이벤트가 없습니다.",
    headers: ["컨텍스트", "구독", "스트림", "이벤트", "대기", "시도", "시각", "오류"],
    which: "대상을 적으세요: SUBSCRIPTION STREAM 또는 --all",
    whichOne: "대상을 적으세요: SUBSCRIPTION STREAM",
    unknown: (subscription, stream) => `${subscription} 구독에는 ${stream} 의 보류된 이벤트가 없습니다.`,
    asked: { retry: "다시 처리합니다", skip: "건너뜁니다" }
  },
  load: {
    about: "응답과 상관없이 일정한 속도로 주문을 넣고, 잃거나 중복된 것이 없는지 확인합니다",
    rate: "초당 주문 수",
    seconds: "지속 시간(초)",
    connections: "최대 연결 수",
    settle: "이후 결제, 배송, 대시보드를 기다리는 시간(초)",
    placing: "주문 {bar} {value}/{total}건 · 응답 {answered}건 · {late}",
    checking: "확인 {bar} {value}/{total}건",
    waiting: (count) => `대기 ${count}건`,
    latency: "주문 예정 시각부터 잰 지연 시간(ms)",
    answers: "응답",
    achieved: (achieved, wanted) => `초당 ${achieved}건 응답, 목표 ${wanted}건`,
    timeout: "제때 응답 없음",
    broken: "연결 실패",
    holds: (orders, paid) =>
      `모두 지켜졌습니다: 접수된 주문 ${orders}건을 모두 찾았고, 결제된 ${paid}건마다 결제 한 번, 배송 하나, 같은 행이 있습니다.`,
    violated: (count) => `위반 ${count}건:`,
    more: (count) => `... 외 ${count}건 (--json으로 모두 볼 수 있습니다)`,
    reasons: {
      lost: "접수되었지만 존재하지 않습니다",
      unsettled: "결제가 아직 결정되지 않았습니다",
      unpaid: "201로 응답했지만 결제되지 않았습니다",
      captures: "결제 승인이 정확히 한 번이 아닙니다",
      amount: "주문 금액과 다른 금액이 결제되었습니다",
      deliveries: "배송이 정확히 하나가 아닙니다",
      goods: "배송 내용이 주문과 다릅니다",
      row: "대시보드의 행이 주문과 다릅니다",
      kept: "거절되었지만 돈이 그대로 있습니다"
    }
  }
} satisfies Texts

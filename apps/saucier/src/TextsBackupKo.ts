import type { BackupTexts } from "./TextsBackupEn.ts"

export const backupKo = {
  backup: {
    about: "Saucier가 실행 중이든 아니든, 모든 저장소를 새 폴더에 복사합니다",
    folder: "새로 만들 폴더",
    progress: "{stage} {bar} {percentage} % · {duration_formatted}",
    copying: "복사 중",
    checking: "검사 중",
    nothing: (folder) =>
      `${folder} 에는 백업할 것이 없습니다. SAUCIER_DATA_DIR 또는 SAUCIER_{ORDER,PAYMENT,DELIVERY,DASHBOARD}_DATABASE_URL로 저장소의 위치를 알려 주세요`,
    notEmpty: (folder) => `${folder} 는 이미 있고 비어 있지 않습니다. 새 폴더를 지정하세요`,
    unwritable: (folder, detail) => `${folder} 에 백업을 쓸 수 없습니다: ${detail}`,
    movedOn: "복사가 끝나기 전에 Saucier가 다시 쓰기 시작하여 복사본을 버렸습니다. 다시 시도하세요",
    inUse: (store, file) =>
      `${file} 은 복사를 위해 멈출 수 없는 프로세스가 열고 있습니다. ${store} 서비스를 멈추거나, 그 프로세스의 주소를 --url로 알려 주세요`,
    damaged: (store, detail) => `${store} 의 복사본이 손상되었습니다: ${detail}`,
    done: (stores, megabytes, at, folder) => `저장소 ${stores}개, ${megabytes} MB, ${at} 시점: ${folder}`,
    oneInstant: "모두 같은 시점입니다.",
    instants: "저장소마다 시점이 다릅니다. 복원할 때 바로잡습니다.",
    next: (folder) => `되돌리려면: pnpm saucier restore ${folder}`
  },
  restore: {
    about: "비어 있는 곳에 백업의 저장소를 되돌립니다",
    folder: "`saucier backup`이 만든 폴더",
    only: "있는 저장소는 그대로 두고 이 저장소만 되돌립니다. 여러 번 쓸 수 있습니다",
    none: (folder) => `${folder} 에는 백업이 없습니다: backup.json이 없습니다`,
    unreadable: (folder) =>
      `${folder} 의 backup.json을 읽을 수 없습니다: 손상되었거나 더 새로운 Saucier의 것입니다`,
    notInside: (store) => `백업에 ${store} 가 없습니다`,
    engine: (store, from, to) =>
      `${store} 는 ${from} 에 있었는데 설정에는 ${to} 로 되어 있습니다. 저장소는 원래의 엔진으로만 되돌릴 수 있습니다`,
    newer: (store, steps) =>
      `${store} 는 더 새로운 Saucier의 것입니다(${steps}). Saucier를 업데이트한 뒤 복원하세요`,
    notEmpty: (file) => `${file} 이 이미 있습니다. 옮기거나 다른 곳에 복원하세요. 아무것도 바꾸지 않았습니다`,
    running: (url) => `이 폴더로 Saucier가 실행 중입니다(${url}). 먼저 멈추세요. 아무것도 바꾸지 않았습니다`,
    inUse: (detail) => `${detail}. 아무것도 바꾸지 않았습니다`,
    missing: (file) => `백업에 ${file} 이 없습니다`,
    altered: (file) => `${file} 은 백업한 그대로가 아닙니다: 체크섬이 다릅니다. 아무것도 바꾸지 않았습니다`,
    damaged: (store, detail) => `${store} 가 손상되었습니다: ${detail}. 아무것도 바꾸지 않았습니다`,
    unwritable: (detail) => `저장소를 쓸 수 없습니다: ${detail}`,
    kept: "모의 결제사의 원장은 이미 있으므로 그대로 둡니다. 은행은 되돌아가지 않습니다.",
    done: (stores, at) => `${at} 시점으로 되돌렸습니다: ${stores}`,
    clamped: (count) => `로그보다 앞서 있던 체크포인트 ${count}개를 되돌려 놓았습니다.`,
    refolded: "Saucier가 시작되면 대시보드의 행을 처음부터 다시 만듭니다.",
    preparing: (count) =>
      `그 시점에 준비 중이던 배송이 ${count}건입니다. 그 뒤에 이미 나간 것은 다른 것을 보내기 전에 발송으로 표시하세요.`,
    next: "이제 Saucier를 시작하고 다음을 실행하세요: pnpm saucier reconcile --settle"
  },
  migrate: {
    about: "모든 저장소의 테이블을 이 버전에 맞춥니다. 각 프로세스가 시작할 때 하는 일과 같습니다",
    dryRun: "무엇을 할지 말하기만 합니다",
    upToDate: "최신입니다",
    steps: (names, fresh, dryRun) =>
      `${fresh ? "비어 있음, " : ""}${dryRun ? "적용할 것" : "적용함"}: ${names}`,
    newer: (steps) => `더 새로운 Saucier의 단계가 있습니다: ${steps}`,
    tooNew: (stores) =>
      `${stores}: 더 새로운 Saucier가 다녀갔습니다. 아무것도 바꾸지 않았습니다. 새 버전이 허락하는 만큼만 이 버전으로 쓸 수 있습니다`
  }
} satisfies BackupTexts

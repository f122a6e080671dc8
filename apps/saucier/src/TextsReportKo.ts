/** What `saucier report` says in Korean; `TextsReportEn.ts` says the same in English. */
import type { ReportTexts } from "./TextsReportEn.ts"

export const reportKo: ReportTexts = {
  report: {
    about: "Saucier의 주장을 직접 띄운 시스템에서 한 줄씩 확인하고, 페이지와 JSON을 씁니다",
    quick: "4분 이내: 오래 걸리는 줄은 뺍니다",
    out: "report.html과 report.json을 둘 폴더",
    begins: (quick) => quick ? "깨진 것이 없으면 4분 이내입니다:" : "깨진 것이 없으면 20분 이내입니다:",
    ends: (holds, broken, notRun, seconds) =>
      `성립 ${holds}, 깨짐 ${broken}, 실행 안 함 ${notRun}, ${seconds.toFixed(0)}초`,
    broken: (count) => `주장 ${count}개가 성립하지 않습니다`
  }
}

/** What `saucier report` says in English; `TextsReportKo.ts` says the same in Korean. */
export const reportEn = {
  report: {
    about: "Show what Saucier claims, row by row, on systems that it starts itself; write a page and JSON",
    quick: "Under four minutes: without the rows that take longer",
    out: "The folder of report.html and report.json",
    begins: (quick: boolean): string =>
      quick ? "Under four minutes, if nothing is broken:" : "Up to twenty minutes, if nothing is broken:",
    ends: (holds: number, broken: number, notRun: number, seconds: number) =>
      `${holds} hold, ${broken} broken, ${notRun} not run, in ${seconds.toFixed(0)} s`,
    broken: (count: number) => `${count} of the claims do not hold`
  }
}
export type ReportTexts = typeof reportEn

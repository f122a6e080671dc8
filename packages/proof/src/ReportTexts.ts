/** What the page says around the figures, in both languages. */
export const reportTexts = {
  title: { en: "What Saucier shows", ko: "Saucier가 보여 주는 것" },
  allHold: (count: number) => ({
    en: `All ${count} claims that were tried hold`,
    ko: `시험한 주장 ${count}개가 모두 성립합니다`
  }),
  someBroken: (broken: number, tried: number) => ({
    en: `${broken} of the ${tried} claims that were tried do not hold`,
    ko: `시험한 주장 ${tried}개 가운데 ${broken}개가 성립하지 않습니다`
  }),
  skipped: (count: number) => ({
    en: `${count} were not tried, and count as neither.`,
    ko: `${count}개는 시험하지 않았고, 어느 쪽으로도 세지 않습니다.`
  }),
  seed: { en: "The system that it replaces, section by section", ko: "대체하는 시스템의 기능, 차례대로" },
  faults: { en: "What that system got wrong", ko: "그 시스템의 잘못" },
  beyond: { en: "What goes beyond it", ko: "그 너머" },
  evidence: { en: "All that was left behind, judged", ko: "남은 기록 전체에 대한 판정" },
  quick: { en: "quick run", ko: "빠른 실행" },
  whole: { en: "whole run", ko: "전체 실행" },
  figure: { en: "figure", ko: "수치" },
  found: { en: "found", ko: "측정" },
  wanted: { en: "wanted", ko: "기준" },
  trace: { en: "The trace", ko: "트레이스" },
  spans: { en: "spans", ko: "스팬" },
  elsewhere: { en: "Not tried in this run.", ko: "이번에는 시험하지 않았습니다." },
  longer: {
    en: "It takes minutes, and belongs to the whole report.",
    ko: "몇 분이 걸려서 전체 보고서에 들어갑니다."
  },
  shownBy: { en: "It is shown by", ko: "보여 주는 명령:" },
  about: {
    en:
      "Each row is a scenario that was replayed against real processes over HTTP and the command line. Open one for what was found and wanted.",
    ko:
      "각 줄은 실제 프로세스를 상대로 HTTP와 명령줄로 다시 해 본 시나리오입니다. 열면 측정한 값과 기준이 보입니다."
  }
} as const

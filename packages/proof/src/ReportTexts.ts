/** What the page says around the figures, in both languages. */
export const reportTexts = {
  title: { en: "What Saucier shows", ko: "Saucier가 보여 주는 것" },
  holds: { en: "holds", ko: "성립" },
  broken: { en: "broken", ko: "깨짐" },
  "not run": { en: "not run", ko: "실행 안 함" },
  quick: { en: "quick run", ko: "빠른 실행" },
  whole: { en: "whole run", ko: "전체 실행" },
  figure: { en: "figure", ko: "수치" },
  found: { en: "found", ko: "측정" },
  wanted: { en: "wanted", ko: "기준" },
  trace: { en: "the trace", ko: "추적" },
  elsewhere: {
    en: "Not tried in this run. It is shown by",
    ko: "이번에는 시험하지 않았습니다. 보여 주는 명령:"
  },
  about: {
    en:
      "Each row is a scenario of what the system must show. It was replayed against real processes over HTTP and the command line.",
    ko:
      "각 줄은 시스템이 보여야 하는 시나리오입니다. 실제 프로세스를 상대로 HTTP와 명령줄로 다시 해 본 결과입니다."
  }
} as const

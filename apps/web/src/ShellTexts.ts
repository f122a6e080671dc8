import type { Texts } from "./texts/Language.ts"

const en = {
  skip: "Skip to the page",
  language: "Language",
  theme: "Appearance",
  themes: { auto: "Automatic", light: "Light", dark: "Dark" },
  pages: "Pages",
  nav: {
    board: "Board",
    place: "Place an order",
    deliveries: "Deliveries",
    payments: "Payments",
    system: "System",
    chaos: "Chaos"
  },
  live: {
    connecting: "Connecting",
    live: "Live",
    reconnecting: (at: string) => `Reconnecting since ${at}`,
    stale: (at: string) => `Stale: as of ${at}`
  },
  staleHelp: "The server has not been heard since then. What you see may be old; it comes back by itself.",
  notFound: "There is no such page.",
  toBoard: "To the board",
  broken: "The page has a fault.",
  reload: "Load it again"
}

const ko: typeof en = {
  skip: "본문으로 건너뛰기",
  language: "언어",
  theme: "화면 모드",
  themes: { auto: "자동", light: "밝게", dark: "어둡게" },
  pages: "페이지",
  nav: {
    board: "현황판",
    place: "주문하기",
    deliveries: "배송",
    payments: "결제",
    system: "시스템",
    chaos: "카오스"
  },
  live: {
    connecting: "연결 중",
    live: "실시간",
    reconnecting: (at) => `${at}부터 다시 연결 중`,
    stale: (at) => `연결 끊김: ${at} 기준`
  },
  staleHelp:
    "그 이후로 서버의 응답이 없습니다. 표시된 내용이 오래되었을 수 있으며, 연결되면 자동으로 갱신됩니다.",
  notFound: "해당 페이지가 없습니다.",
  toBoard: "현황판으로",
  broken: "페이지에 오류가 발생했습니다.",
  reload: "다시 불러오기"
}

export const shellTexts: Texts<typeof en> = { en, ko }

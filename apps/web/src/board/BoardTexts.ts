import type { Texts } from "../texts/Language.ts"

const plural = (count: number, one: string, many: string) => count === 1 ? one : many

const en = {
  title: "Board",
  tiles: "Orders by state, all branches",
  rate: "Orders/s",
  all: "All orders",
  filters: "Filters",
  search: "Search",
  searchHint: "Order, branch or sauce",
  branch: "Branch",
  anyBranch: "Any",
  clear: "Clear filters",
  table: "Orders",
  loading: "Loading orders",
  failed: "The orders could not be read.",
  shown: (shown: string, loaded: string) =>
    shown === loaded ? `${shown} shown` : `${shown} of ${loaded} loaded`,
  more: "older ones load as you scroll",
  complete: "all there are",
  capped: (most: string) => `the newest ${most}`,
  fresh: (count: number) => `${count} new ${plural(count, "order", "orders")}`,
  toTop: "Show the newest",
  empty: "No orders yet. Place the first one, and watch it move here.",
  emptyAction: "Place an order",
  noMatch: "No order matches these filters.",
  noMatchYet: "No order that is loaded matches these filters.",
  readOlder: "Search older orders",
  sortBy: (column: string) => `Sort by ${column}`,
  keys: "Arrow keys move between orders, Enter opens one, / searches."
}

const ko: typeof en = {
  title: "현황판",
  tiles: "전체 지점의 상태별 주문 수",
  rate: "초당 주문",
  all: "전체 주문",
  filters: "필터",
  search: "검색",
  searchHint: "주문, 지점 또는 소스",
  branch: "지점",
  anyBranch: "전체",
  clear: "필터 해제",
  table: "주문",
  loading: "주문을 불러오는 중",
  failed: "주문을 불러오지 못했습니다.",
  shown: (shown, loaded) => shown === loaded ? `${shown}건 표시` : `불러온 ${loaded}건 중 ${shown}건`,
  more: "스크롤하면 이전 주문을 불러옵니다",
  complete: "전체",
  capped: (most) => `최근 ${most}건`,
  fresh: (count) => `새 주문 ${count}건`,
  toTop: "최신 주문 보기",
  empty: "아직 주문이 없습니다. 첫 주문을 넣으면 여기에서 진행 상황을 볼 수 있습니다.",
  emptyAction: "주문하기",
  noMatch: "조건에 맞는 주문이 없습니다.",
  noMatchYet: "불러온 주문 중 조건에 맞는 주문이 없습니다.",
  readOlder: "이전 주문에서 찾기",
  sortBy: (column) => `${column} 기준 정렬`,
  keys: "화살표 키로 주문 사이를 이동하고 Enter로 열며 /로 검색합니다."
}

export const boardTexts: Texts<typeof en> = { en, ko }

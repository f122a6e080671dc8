/** `TextsTracesEn.ts` in Korean. */
import type { tracesEn } from "./TextsTracesEn.ts"

export const tracesKo: typeof tracesEn = {
  traces: {
    about: "최근 트레이스 목록을 보거나, 트레이스 하나를 스팬별로 봅니다",
    trace: "트레이스 하나의 식별자. 각 부분이 언제 무엇을 했는지 봅니다",
    order: "이 주문의 트레이스만, ord_…",
    limit: "개수, 최대 200",
    orderInvalid: "--order에는 주문 식별자(ord_…)를 넣어야 합니다",
    limitInvalid: "--limit에는 1부터 200까지 넣을 수 있습니다",
    headers: ["시작", "내용", "ms", "스팬", "서비스", "주문", "트레이스"],
    none: "트레이스가 없습니다. 아직 표본으로 뽑힌 것이 없습니다.",
    unknown: (trace: string) =>
      `트레이스 ${trace}을(를) 찾을 수 없습니다. 표본으로 뽑히지 않았거나 새 트레이스에 밀려났습니다`
  }
}

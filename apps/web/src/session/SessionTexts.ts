import type { Texts } from "../texts/Language.ts"

const en = {
  title: "Show your key",
  explain: "This system asks who you are. Whoever runs it can make a key for you.",
  key: "Key",
  hint: "It begins with sk_. Your browser keeps it for 30 days.",
  enter: "Enter",
  entering: "Looking…",
  missing: "The key is missing.",
  unknown: "This key is not known. See whether all of it was copied, or ask for another.",
  leave: "Leave",
  roles: { branch: "Branch", clerk: "Payment clerk", dispatcher: "Dispatcher", operator: "Operator" },
  you: (name: string, role: string) => `${name} (${role})`
}

const ko: typeof en = {
  title: "키를 입력하세요",
  explain: "이 시스템은 사용자를 확인합니다. 키는 운영자가 만들어 줍니다.",
  key: "키",
  hint: "sk_로 시작합니다. 브라우저에 30일 동안 보관됩니다.",
  enter: "들어가기",
  entering: "확인 중…",
  missing: "키를 입력하세요.",
  unknown: "알 수 없는 키입니다. 빠진 글자가 없는지 확인하거나 새 키를 요청하세요.",
  leave: "나가기",
  roles: { branch: "지점", clerk: "결제 담당", dispatcher: "배송 담당", operator: "운영자" },
  you: (name, role) => `${name} (${role})`
}

export const sessionTexts: Texts<typeof en> = { en, ko }

import type { State } from "../api/Dashboard.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"

export type Tone = "good" | "wait" | "bad" | "calm" | "off"

const tones: Readonly<Record<State, Tone>> = {
  Registered: "calm",
  Preparing: "wait",
  Complete: "good",
  Cancelled: "off",
  Rejected: "bad"
}

export const Badge = ({ text, tone }: { readonly text: string; readonly tone: Tone }) => (
  <span className="badge" data-tone={tone}>{text}</span>
)

export const StateBadge = ({ state }: { readonly state: State }) => {
  const { state: names } = useTexts(words)
  return <Badge tone={tones[state]} text={names[state]} />
}

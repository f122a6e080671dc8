import { type ReactNode, useEffect } from "react"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import * as Value from "./Value.ts"
import "./Notices.css"

export interface Notice {
  readonly tone: "good" | "bad" | "calm"
  readonly content: ReactNode
}

const shown = Value.make<Notice | null>(null)

/** Tells the reader what came of what was done, on whichever page. */
export const tell = (notice: Notice): void => shown.set(notice)

const lasts = 12_000

/** The latest notice, read out by screen readers; a good one goes by itself. */
export const Notices = () => {
  const { dismiss } = useTexts(words)
  const notice = Value.useValue(shown)
  useEffect(() => {
    if (notice === null || notice.tone === "bad") return
    const timer = setTimeout(() => shown.set(null), lasts)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <div className="notices" role="status" aria-live="polite">
      {notice === null ? null : (
        <div className="notice" data-tone={notice.tone}>
          <p>{notice.content}</p>
          <button type="button" className="close" aria-label={dismiss} onClick={() => shown.set(null)}>
            ×
          </button>
        </div>
      )}
    </div>
  )
}

import type { ReactNode } from "react"
import type { Problem } from "../api/Problem.ts"
import { useFormat } from "../texts/Format.ts"
import { useLanguage, useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"

const isKnown = <K extends string>(key: string, of: Readonly<Record<K, unknown>>): key is K =>
  Object.hasOwn(of, key)

/** A problem in the reader's words, with what helps to find it in the logs. */
export const ProblemText = ({ problem }: { readonly problem: Problem }) => {
  const { problems } = useTexts(words)
  const { number } = useFormat()
  const { retryIn, trace, ...known } = problems
  const { code, message, retryAfter, title, traceId } = problem
  const text = isKnown(code, known) ? known[code] : title === "" ? known.unexpected : title
  return (
    <>
      {text}
      {message !== "" && !isKnown(code, known)
        ? (
          <>
            <span lang="en">{message}</span>
          </>
        )
        : null}
      {retryAfter === null ? null : ` ${retryIn(number(retryAfter))}`}
      {traceId === "" ? null : (
        <span className="muted small">
          {" "}
          {trace} <code>{traceId}</code>
        </span>
      )}
    </>
  )
}

/** In place of what could not be read. */
export const Failed = (
  { onRetry, problem, what }: {
    readonly what: string
    readonly problem: Problem
    readonly onRetry: () => void
  }
) => {
  const { retry } = useTexts(words)
  return (
    <div className="blank" role="alert">
      <p>
        <strong>{what}</strong> <ProblemText problem={problem} />
      </p>
      <button type="button" onClick={onRetry}>{retry}</button>
    </div>
  )
}

/** In place of what is on its way. */
export const Loading = ({ what }: { readonly what?: string }) => {
  const { loading } = useTexts(words)
  return <p className="blank muted" role="status">{what ?? loading}…</p>
}

/** In place of a list that holds nothing: says why, and what to do about it. */
export const Empty = ({ children }: { readonly children: ReactNode }) =>
  <div className="blank muted">{children}</div>

/** The language of texts that the server says in English only. */
export const useServerLanguage = (): "en" | undefined => useLanguage() === "en" ? undefined : "en"

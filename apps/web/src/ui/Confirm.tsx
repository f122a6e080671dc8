import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react"
import * as Problem from "../api/Problem.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { ProblemText } from "./Trouble.tsx"

export interface Question {
  readonly title: string
  readonly explain: ReactNode
  readonly yes: string
  readonly danger?: boolean
  /** Asks for a text as well, and gives it to `act`. */
  readonly text?: {
    readonly label: string
    readonly hint: string
    readonly initial: string
    readonly max: number
  }
  /** What to do when the reader agrees; the dialog stays, and says why, when it fails. */
  readonly act: (text: string) => Promise<void>
}

/** Asks before something is done that cannot be undone. */
export const Confirm = (
  { onClose, question }: { readonly question: Question; readonly onClose: () => void }
) => {
  const { back } = useTexts(words)
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState(question.text?.initial ?? "")
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem.Problem | null>(null)
  useEffect(() => {
    const opened = dialog.current
    opened?.showModal()
    return () => opened?.close()
  }, [])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      await question.act(text.trim())
      onClose()
    } catch (thrown) {
      setProblem(Problem.ofThrown(thrown))
      setBusy(false)
    }
  }
  const asked = question.text
  return (
    <dialog ref={dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-explain`} onClose={onClose}>
      <form
        onSubmit={(event) =>
          void submit(event)}
      >
        <h2 id={`${id}-title`}>{question.title}</h2>
        <p id={`${id}-explain`} className="muted">{question.explain}</p>
        {asked === undefined ? null : (
          <div className="field">
            <label htmlFor={`${id}-text`}>{asked.label}</label>
            <textarea
              id={`${id}-text`}
              rows={2}
              required
              maxLength={asked.max}
              aria-describedby={`${id}-hint`}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <p id={`${id}-hint`} className="hint">{asked.hint}</p>
          </div>
        )}
        {problem === null ? null : (
          <p className="error" role="alert">
            <ProblemText problem={problem} />
          </p>
        )}
        <p className="choices">
          <button type="button" onClick={onClose}>{back}</button>
          <button
            type="submit"
            className={question.danger === true ? "danger" : "primary"}
            aria-disabled={busy}
          >
            {question.yes}
          </button>
        </p>
      </form>
    </dialog>
  )
}

import { type FormEvent, type ReactNode, useId, useRef, useState } from "react"
import * as Problem from "../api/Problem.ts"
import { useTexts } from "../texts/Language.ts"
import { Page } from "../ui/Page.tsx"
import { ProblemText } from "../ui/Trouble.tsx"
import * as Session from "./Session.ts"
import { sessionTexts } from "./SessionTexts.ts"
import "./Session.css"

/** In place of every page while a key is wanted. */
export const Login = () => {
  const texts = useTexts(sessionTexts)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [key, setKey] = useState("")
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<ReactNode>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (key.trim() === "") {
      setFault(texts.missing)
      input.current?.focus()
      return
    }
    setBusy(true)
    setFault(null)
    try {
      await Session.open(key.trim())
    } catch (thrown) {
      const problem = Problem.ofThrown(thrown)
      setFault(problem.code === "unknown-key" ? texts.unknown : <ProblemText problem={problem} />)
      setBusy(false)
      input.current?.focus()
    }
  }

  return (
    <Page title={texts.title}>
      <form className="card padded stack login" noValidate onSubmit={(event) => void submit(event)}>
        <p>{texts.explain}</p>
        <div className="field">
          <label htmlFor={id}>{texts.key}</label>
          <input
            ref={input}
            id={id}
            name="key"
            type="password"
            value={key}
            autoComplete="current-password"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={fault !== null}
            aria-describedby={`${id}-hint ${id}-fault`}
            onChange={(event) => setKey(event.target.value)}
          />
          <p id={`${id}-hint`} className="hint">{texts.hint}</p>
          <p id={`${id}-fault`} className="error" aria-live="polite">{fault}</p>
        </div>
        <button type="submit" className="primary" aria-disabled={busy}>
          {busy ? texts.entering : texts.enter}
        </button>
      </form>
    </Page>
  )
}

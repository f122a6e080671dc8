import { useId } from "react"
import { useTexts } from "../texts/Language.ts"
import { useServerLanguage } from "../ui/Trouble.tsx"
import { placeTexts } from "./PlaceTexts.ts"
import type { Field } from "./Validation.ts"

/** One field of the form with its hint, and what the server would say is wrong with it. */
export const FieldInput = ({ fault, field, onChange, onLeave, value }: {
  readonly field: Field
  readonly value: string
  readonly fault: string | null
  readonly onChange: (value: string) => void
  readonly onLeave: () => void
}) => {
  const id = useId()
  const texts = useTexts(placeTexts)
  const serverLanguage = useServerLanguage()
  const own = texts.faults[field]
  const numeric = field === "qty" || field === "price"
  return (
    <div className="field">
      <label htmlFor={id}>{texts.fields[field]}</label>
      <input
        id={id}
        name={field}
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode={numeric ? "numeric" : "text"}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-hint ${id}-fault`}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
      <p id={`${id}-hint`} className="hint">{texts.hints[field]}</p>
      <p id={`${id}-fault`} className="error" aria-live="polite">
        {fault === null ? null : own === "" ? <span lang={serverLanguage}>{fault}</span> : own}
      </p>
    </div>
  )
}

import { type FormEvent, type ReactNode, useRef, useState } from "react"
import * as Orders from "../api/Orders.ts"
import * as Problem from "../api/Problem.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { ProblemText } from "../ui/Trouble.tsx"
import * as Attempt from "./Attempt.ts"
import * as Draft from "./Draft.ts"
import { FieldInput } from "./FieldInput.tsx"
import { placeTexts } from "./PlaceTexts.ts"
import { faultOf, type Field, fields } from "./Validation.ts"

type Faults = Partial<Readonly<Record<Field, string>>>

const isField = (text: string): text is Field => fields.some((field) => field === text)

const faultsOf = (draft: Draft.Draft): Faults =>
  Object.fromEntries(fields.flatMap((field) => {
    const fault = faultOf(field, Draft.clean(field, draft[field]))
    return fault === null ? [] : [[field, fault]]
  }))

const Total = ({ draft }: { readonly draft: Draft.Draft }) => {
  const texts = useTexts(placeTexts)
  const format = useFormat()
  const { price, qty } = Draft.request(draft)
  if (typeof price !== "number" || faultOf("price", String(price)) !== null) return null
  return (
    <p className="total line">
      <span>{texts.total}</span>
      <strong>{format.money(price)}</strong>
      {typeof qty === "number" && qty > 0
        ? <span className="muted small">{texts.each(format.money(Math.round(price / qty)))}</span>
        : null}
    </p>
  )
}

/** The form. A field that was left, or that the server refused, says what is wrong with it while it is mended. */
export const OrderForm = ({ draft, onDraft, onPlaced }: {
  readonly draft: Draft.Draft
  readonly onDraft: (draft: Draft.Draft) => void
  readonly onPlaced: (placed: Orders.Placed) => void
}) => {
  const texts = useTexts(placeTexts)
  const form = useRef<HTMLFormElement>(null)
  const sending = useRef(false)
  const [busy, setBusy] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set())
  const [refused, setRefused] = useState<Faults>({})
  const [said, setSaid] = useState<ReactNode>(Attempt.open() === null ? null : texts.resumed)
  const faults = faultsOf(draft)
  const shown = (field: Field) => left.has(field) ? faults[field] ?? refused[field] ?? null : null

  const focusFirst = (wrong: Faults) => {
    const first = fields.find((field) => wrong[field] !== undefined)
    form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus()
  }

  const fail = (problem: Problem.Problem) => {
    if (Attempt.isSettled(problem)) Attempt.keep(null)
    const wrong: Faults = Object.fromEntries(
      problem.errors.flatMap(({ message, pointer }) =>
        isField(pointer.slice(1)) ? [[pointer.slice(1), message]] : []
      )
    )
    setRefused(wrong)
    if (Object.keys(wrong).length > 0) focusFirst(wrong)
    setSaid(Object.keys(wrong).length > 0 ? texts.fix : <ProblemText problem={problem} />)
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (sending.current) return
    setLeft(new Set(fields))
    if (Object.keys(faults).length > 0) {
      setSaid(texts.fix)
      focusFirst(faults)
      return
    }
    sending.current = true
    setBusy(true)
    setSaid(texts.sending)
    const body = Draft.request(draft)
    try {
      const placed = await Orders.place(body, Attempt.of(body).key)
      Attempt.keep(null)
      setLeft(new Set())
      setSaid(null)
      onPlaced(placed)
      form.current?.querySelector<HTMLInputElement>("[name=\"sauceId\"]")?.focus({ preventScroll: true })
    } catch (thrown) {
      fail(Problem.ofThrown(thrown))
    } finally {
      sending.current = false
      setBusy(false)
    }
  }

  return (
    <form ref={form} className="place-form" noValidate onSubmit={(event) => void submit(event)}>
      {fields.map((field) => (
        <FieldInput
          key={field}
          field={field}
          value={draft[field]}
          fault={shown(field)}
          onChange={(value) => {
            setRefused((before) => ({ ...before, [field]: undefined }))
            onDraft({ ...draft, [field]: value })
          }}
          onLeave={() => {
            if (draft[field] !== "") setLeft((before) => new Set([...before, field]))
          }}
        />
      ))}
      <Total draft={draft} />
      <button type="submit" className="primary" aria-disabled={busy}>{texts.send}</button>
      <p className="said" role="status">{said}</p>
    </form>
  )
}

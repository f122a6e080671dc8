import { useEffect, useRef, useState } from "react"
import { useTexts } from "../texts/Language.ts"
import { boardTexts } from "./BoardTexts.ts"
import { type Filter, isRestricted } from "./Filter.ts"

/** Until the reader stops typing for so long, the address stays. */
const settle = 250

/** A text that takes effect a moment after it was typed. */
const useTyped = (value: string, onSettled: (value: string) => void) => {
  const [typed, setTyped] = useState(value)
  const latest = useRef(onSettled)
  latest.current = onSettled
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => latest.current(typed.trim()), settle)
    return () => clearTimeout(timer)
  }, [typed, value])
  return [typed, setTyped] as const
}

/** What the board shows; `/` anywhere leads to the search. */
export const Filters = (
  { filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }
) => {
  const texts = useTexts(boardTexts)
  const search = useRef<HTMLInputElement>(null)
  const [typedSearch, typeSearch] = useTyped(filter.search, (value) => onChange({ ...filter, search: value }))
  const [typedBranch, typeBranch] = useTyped(filter.branch, (value) => onChange({ ...filter, branch: value }))
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select, dialog") !== null
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      search.current?.focus()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
  return (
    <form
      className="filters line"
      role="search"
      aria-label={texts.filters}
      onSubmit={(event) => event.preventDefault()}
    >
      <label>
        <span className="unseen">{texts.search}</span>
        <input
          ref={search}
          type="search"
          value={typedSearch}
          placeholder={texts.searchHint}
          title={texts.keys}
          aria-keyshortcuts="/"
          onChange={(event) => typeSearch(event.target.value)}
        />
      </label>
      <label className="line">
        <span className="muted small">{texts.branch}</span>
        <input
          className="branch"
          value={typedBranch}
          placeholder={texts.anyBranch}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          onChange={(event) => typeBranch(event.target.value)}
        />
      </label>
      {isRestricted(filter)
        ? (
          <button type="button" onClick={() => onChange({ ...filter, state: "", branch: "", search: "" })}>
            {texts.clear}
          </button>
        )
        : null}
    </form>
  )
}

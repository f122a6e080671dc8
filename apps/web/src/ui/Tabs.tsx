import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react"
import "./Tabs.css"

/** One of several lists at a time; arrow keys go from tab to tab. */
export const Tabs = <Id extends string>({ children, chosen, label, onChoose, tabs }: {
  readonly label: string
  readonly tabs: ReadonlyArray<{ readonly id: Id; readonly name: string }>
  readonly chosen: Id
  readonly onChoose: (id: Id) => void
  readonly children: ReactNode
}) => {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  // On a phone there is not room for all of them.
  useEffect(() => {
    list.current?.querySelector(`[data-tab="${chosen}"]`)?.scrollIntoView({
      block: "nearest",
      inline: "nearest"
    })
  }, [chosen])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const at = tabs.findIndex((tab) => tab.id === chosen)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (next === undefined) return
    onChoose(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }
  return (
    <section className="card">
      <div ref={list} className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === chosen ? 0 : -1}
            onClick={() => onChoose(tab.id)}
          >
            {tab.name}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${chosen}`}>{children}</div>
    </section>
  )
}

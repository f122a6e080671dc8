import type * as Chaos from "../api/Chaos.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge } from "../ui/Badge.tsx"
import { useServerLanguage } from "../ui/Trouble.tsx"
import { chaosTexts } from "./ChaosTexts.ts"
import { Expected } from "./Expected.tsx"
import { strikeName } from "./StrikeNames.ts"
import * as Strikes from "./Strikes.ts"
import { type Verdict, verdictOf } from "./Verdict.ts"

const Running = ({ at, fault, onEnd, verdict }: {
  readonly fault: Chaos.Fault
  readonly verdict: Verdict
  readonly at: number
  readonly onEnd: () => void
}) => {
  const texts = useTexts(chaosTexts)
  const format = useFormat()
  const name = strikeName(texts, fault.strike, fault.index)
  const share = Strikes.share(fault, at)
  return (
    <li className="fault" data-fault={Strikes.keyOf(fault.strike)}>
      <div className="line">
        <strong>{name}</strong>
        {fault.phase === "under-way" ? null : <Badge tone="wait" text={texts.phase[fault.phase]} />}
        <span className="push muted small">
          {fault.endsAt === null
            ? texts.untilReady
            : texts.left(format.lasting(Math.max(0, fault.endsAt - at)))}
        </span>
        <button
          type="button"
          className="small-button"
          aria-label={texts.endOne(name)}
          disabled={fault.phase === "ending"}
          onClick={onEnd}
        >
          {texts.end}
        </button>
      </div>
      <svg className="countdown" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width={(share ?? 1) * 100} height="1" data-open={share === null} />
      </svg>
      <Expected holds={fault.holds} meanwhile={fault.meanwhile} verdict={verdict} />
    </li>
  )
}

const Over = ({ fault }: { readonly fault: Chaos.PastFault }) => {
  const texts = useTexts(chaosTexts)
  const format = useFormat()
  const spoken = useServerLanguage()
  return (
    <li className="line small">
      <time>{format.clock(new Date(fault.startedAt))}</time>
      <span>{strikeName(texts, fault.strike, fault.index)}</span>
      <span className="muted">{format.took(fault.endedAt - fault.startedAt)}</span>
      {fault.trouble === null ? null : <span className="trouble" lang={spoken}>{fault.trouble}</span>}
    </li>
  )
}

/** What is broken at this moment and for how long, and what was. */
export const Faults = ({ chaos: { at, counters, faults, past }, onEnd }: {
  readonly chaos: Chaos.Chaos
  /** Without an id: all of them. */
  readonly onEnd: (fault: { readonly fault?: string }) => void
}) => {
  const texts = useTexts(chaosTexts)
  const format = useFormat()
  return (
    <section className="card padded stack faults" aria-label={texts.underWay}>
      <div className="line">
        <h2>{texts.underWay}</h2>
        <span className="muted small" role="status">
          {faults.length === 0 ? texts.nothing : texts.running(format.number(faults.length))}
        </span>
        <button
          type="button"
          className={faults.length === 0 ? "push small-button" : "push small-button danger"}
          disabled={faults.length === 0}
          onClick={() => onEnd({})}
        >
          {texts.endAll}
        </button>
      </div>
      {faults.length === 0 ? null : (
        <ul className="stack">
          {faults.map((fault) => (
            <Running
              key={fault.id}
              fault={fault}
              at={at}
              verdict={verdictOf(counters)}
              onEnd={() => onEnd({ fault: fault.id })}
            />
          ))}
        </ul>
      )}
      {past.length === 0 ? null : (
        <details>
          <summary className="small muted">{texts.past(format.number(past.length))}</summary>
          <ol>{past.map((fault) => <Over key={fault.id} fault={fault} />)}</ol>
        </details>
      )}
    </section>
  )
}

import type { Breaker } from "../api/Pulses.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge, type Tone } from "../ui/Badge.tsx"
import { pulseTexts } from "./PulseTexts.ts"
import * as Window from "./Window.ts"

const tones: Readonly<Record<Breaker["state"], Tone>> = {
  Closed: "good",
  Open: "bad",
  HalfOpen: "wait",
  ForcedOpen: "bad",
  Disabled: "off",
  MetricsOnly: "off"
}

const width = 1_000

/** How one breaker stood over the last minutes: its states as a band, its changes in words. */
export const BreakerStrip = ({ at, breaker, only }: {
  readonly breaker: Breaker
  readonly at: number
  /** There is no other, so its process need not be named. */
  readonly only: boolean
}) => {
  const texts = useTexts(pulseTexts)
  const format = useFormat()
  const place = (time: number) => ((time - at + Window.length) / Window.length) * width
  const recent = breaker.transitions.filter((transition) => transition.at >= at - Window.length).toReversed()
  const words = ({ reason, to }: (typeof recent)[number]) => `${texts.states[to]}: ${texts.reasons[reason]}`
  const [last] = recent
  return (
    <div className="breaker" data-state={breaker.state}>
      <p className="line small">
        <Badge tone={tones[breaker.state]} text={texts.states[breaker.state]} />
        {only ? null : <code>{breaker.process}</code>}
        <span className="muted">
          {last === undefined
            ? texts.stateHelp[breaker.state]
            : `${format.clock(new Date(last.at))} ${words(last)}`}
        </span>
      </p>
      <svg viewBox={`0 0 ${width} 20`} preserveAspectRatio="none" aria-hidden="true">
        {Window.segments(breaker, at).map(({ from, state, to }) => (
          <rect
            key={from}
            x={place(from)}
            width={Math.max(2, place(to) - place(from))}
            height={20}
            className="segment"
            data-tone={tones[state]}
          />
        ))}
      </svg>
      {recent.length === 0 ? <p className="small muted">{texts.noChanges}</p> : (
        <details>
          <summary className="small muted">{texts.changes} ({format.number(recent.length)})</summary>
          <ol className="small">
            {recent.map((transition) => (
              <li key={`${transition.at} ${transition.to}`} className="line">
                <time>{format.clock(new Date(transition.at))}</time>
                <Badge tone={tones[transition.to]} text={texts.states[transition.to]} />
                <span className="muted">{texts.reasons[transition.reason]}</span>
                <span className="muted">
                  {texts.rates(format.percent(transition.failureRate), format.percent(transition.slowRate))}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

import { useId } from "react"
import type * as Chaos from "../api/Chaos.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge } from "../ui/Badge.tsx"
import { chaosTexts } from "./ChaosTexts.ts"
import { Expected } from "./Expected.tsx"
import * as Strikes from "./Strikes.ts"

export interface SwitchesProps {
  readonly chaos: Chaos.Chaos
  /** Begins what a switch stands for, or ends it when it is under way. */
  readonly onToggle: (strike: Chaos.Strike) => void
}

const Switch = ({ explain, name, offer, on, onToggle }: {
  readonly name: string
  readonly explain: string
  readonly offer: Chaos.Offer
  readonly on: boolean
  readonly onToggle: (strike: Chaos.Strike) => void
}) => {
  const id = useId()
  return (
    <li className="switch" data-on={on}>
      <button
        type="button"
        aria-pressed={on}
        aria-describedby={id}
        data-strike={Strikes.keyOf(offer.strike)}
        onClick={() => onToggle(offer.strike)}
      >
        {name}
      </button>
      <div id={id} className="stack">
        <p className="small">{explain}</p>
        <Expected holds={offer.holds} meanwhile={offer.meanwhile} />
      </div>
    </li>
  )
}

/** How the bank may behave. */
export const PresetSwitches = ({ chaos, onToggle }: SwitchesProps) => {
  const texts = useTexts(chaosTexts)
  return (
    <section className="card padded stack" aria-labelledby="chaos-bank">
      <div className="line">
        <h2 id="chaos-bank">{texts.bank}</h2>
        <span className="muted small">{texts.bankExplain}</span>
        {chaos.preset === null ? null : (
          <span className="push">
            <Badge tone="off" text={texts.presetNow(texts.preset[chaos.preset].name)} />
          </span>
        )}
      </div>
      <ul className="switches">
        {chaos.offers.map((offer) =>
          offer.strike.kind === "preset"
            ? (
              <Switch
                key={Strikes.keyOf(offer.strike)}
                {...texts.preset[offer.strike.preset]}
                offer={offer}
                on={Strikes.faultOf(chaos.faults, offer.strike) !== undefined}
                onToggle={onToggle}
              />
            )
            : null
        )}
      </ul>
    </section>
  )
}

const Answers = ({ load }: { readonly load: Chaos.Load }) => {
  const texts = useTexts(chaosTexts)
  const format = useFormat()
  const unanswered: Readonly<Record<string, string>> = texts.unanswered
  return (
    <p className="line small load" data-running={load.running}>
      <span>{texts.sent(format.number(load.sent), format.number(load.answered))}</span>
      {Object.entries(load.answers).toSorted(([a], [b]) => a.localeCompare(b)).map(([answer, count]) => (
        <Badge
          key={answer}
          tone={answer.startsWith("2") ? "good" : "wait"}
          text={`${unanswered[answer] ?? answer} × ${format.number(count)}`}
        />
      ))}
    </p>
  )
}

/** How many orders come. */
export const LoadSwitches = ({ chaos, onToggle }: SwitchesProps) => {
  const texts = useTexts(chaosTexts)
  const format = useFormat()
  return (
    <section className="card padded stack" aria-labelledby="chaos-load">
      <div className="line">
        <h2 id="chaos-load">{texts.load}</h2>
        {chaos.load === null ?
          <span className="muted small">{texts.loadExplain}</span> :
          <Answers load={chaos.load} />}
      </div>
      <ul className="switches">
        {chaos.offers.map((offer) =>
          offer.strike.kind === "load"
            ? (
              <Switch
                key={Strikes.keyOf(offer.strike)}
                name={texts.rate(format.number(offer.strike.rate))}
                explain={texts.rateExplain[offer.strike.rate]}
                offer={offer}
                on={Strikes.faultOf(chaos.faults, offer.strike) !== undefined}
                onToggle={onToggle}
              />
            )
            : null
        )}
      </ul>
    </section>
  )
}

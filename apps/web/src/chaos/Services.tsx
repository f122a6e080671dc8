import type * as Chaos from "../api/Chaos.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge, type Tone } from "../ui/Badge.tsx"
import { chaosTexts } from "./ChaosTexts.ts"
import { Expected } from "./Expected.tsx"
import { actName } from "./StrikeNames.ts"
import * as Strikes from "./Strikes.ts"
import type { SwitchesProps } from "./Switches.tsx"

const tones: Readonly<Record<Chaos.ServiceView["processes"][number]["state"], Tone>> = {
  ready: "good",
  starting: "wait",
  unready: "bad",
  paused: "bad",
  stopping: "off",
  waiting: "bad"
}

const offersOf = (chaos: Chaos.Chaos, service: Chaos.ServiceView["service"]) =>
  chaos.offers.filter(({ strike }) => "service" in strike && strike.service === service)

const Service = ({ chaos, onToggle, service }: SwitchesProps & { readonly service: Chaos.ServiceView }) => {
  const texts = useTexts(chaosTexts)
  const offers = offersOf(chaos, service.service)
  const [first] = offers
  return (
    <li className="service" data-service={service.service}>
      <h3>{texts.service[service.service]}</h3>
      <p className="line small processes">
        {service.processes.length === 0
          ? <Badge tone="bad" text={texts.gone} />
          : service.processes.map(({ index, state }) => (
            <span key={index} data-process={`${service.service}-${index}`} data-state={state}>
              <Badge tone={tones[state]} text={`${service.service}-${index} ${texts.state[state]}`} />
            </span>
          ))}
      </p>
      <p className="line">
        {offers.map(({ strike }) => (
          <button
            key={strike.kind}
            type="button"
            className="small-button"
            aria-pressed={Strikes.faultOf(chaos.faults, strike) !== undefined}
            aria-label={`${actName(texts, strike)}: ${texts.service[service.service]}`}
            data-strike={Strikes.keyOf(strike)}
            onClick={() => onToggle(strike)}
          >
            {actName(texts, strike)}
          </button>
        ))}
      </p>
      {first === undefined ? null : <Expected holds={first.holds} meanwhile={first.meanwhile} />}
    </li>
  )
}

/** What may be done to each service, where each is a process of its own. */
export const Services = ({ chaos, onToggle }: SwitchesProps) => {
  const texts = useTexts(chaosTexts)
  return (
    <section className="card padded stack" aria-labelledby="chaos-processes">
      <div className="line">
        <h2 id="chaos-processes">{texts.processes}</h2>
        <span className="muted small">
          {chaos.services.length === 0 ? texts.oneProcess : texts.processesExplain}
        </span>
      </div>
      {chaos.services.length === 0 ? null : (
        <ul className="services">
          {chaos.services.map((service) => (
            <Service key={service.service} service={service} chaos={chaos} onToggle={onToggle} />
          ))}
        </ul>
      )}
    </section>
  )
}

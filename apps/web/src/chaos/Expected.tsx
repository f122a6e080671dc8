import type * as Chaos from "../api/Chaos.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge } from "../ui/Badge.tsx"
import { chaosTexts } from "./ChaosTexts.ts"
import type { Verdict } from "./Verdict.ts"

const tones = { holds: "good", broken: "bad", reading: "off" } as const

/** The promises that a strike must leave standing, and what may be seen of it. */
export const Expected = ({ holds, id, meanwhile, verdict }: {
  readonly holds: ReadonlyArray<Chaos.Guarantee>
  readonly meanwhile: ReadonlyArray<Chaos.Symptom>
  readonly id?: string
  /** What has come of them, once there is something to judge. */
  readonly verdict?: Verdict
}) => {
  const texts = useTexts(chaosTexts)
  return (
    <dl className="expected small" id={id}>
      <div>
        <dt>{texts.holds}</dt>
        <dd>
          {holds.map((each) => <span key={each} className="promise">{texts.guarantee[each]}</span>)}
          {verdict === undefined
            ? null
            : (
              <span data-verdict={verdict}>
                <Badge tone={tones[verdict]} text={texts.verdict[verdict]} />
              </span>
            )}
        </dd>
      </div>
      {meanwhile.length === 0 ? null : (
        <div>
          <dt>{texts.meanwhile}</dt>
          <dd>{meanwhile.map((each) => texts.symptom[each]).join(", ")}</dd>
        </div>
      )}
    </dl>
  )
}

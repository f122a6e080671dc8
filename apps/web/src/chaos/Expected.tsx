import type * as Chaos from "../api/Chaos.ts"
import { useTexts } from "../texts/Language.ts"
import { chaosTexts } from "./ChaosTexts.ts"

/** The promises that a strike must leave standing, and what may be seen of it. */
export const Expected = ({ holds, id, meanwhile }: {
  readonly holds: ReadonlyArray<Chaos.Guarantee>
  readonly meanwhile: ReadonlyArray<Chaos.Symptom>
  readonly id?: string
}) => {
  const texts = useTexts(chaosTexts)
  return (
    <dl className="expected small" id={id}>
      <div>
        <dt>{texts.holds}</dt>
        <dd>
          {holds.map((each) => <span key={each} className="promise">{texts.guarantee[each]}</span>)}
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

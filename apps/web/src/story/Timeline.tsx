import type { Step } from "../api/Orders.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { Badge } from "../ui/Badge.tsx"
import { storyTexts } from "./StoryTexts.ts"
import "./Timeline.css"

const Entry = ({ before, step }: { readonly step: Step; readonly before: Step | undefined }) => {
  const texts = useTexts(storyTexts)
  const { context } = useTexts(words)
  const format = useFormat()
  const at = new Date(step.at)
  const since = before === undefined ? null : at.getTime() - new Date(before.at).getTime()
  return (
    <li data-context={step.context}>
      <p className="when">
        <time dateTime={step.at} title={format.full(at)}>{format.clock(at)}</time>
        {since === null
          ? null
          : <span className="muted small">+{format.took(Math.max(0, since))}</span>}
      </p>
      <div className="what">
        <p>
          <span className="lane">{context[step.context]}</span> {step.text}
        </p>
        <p className="line small muted">
          <span>{step.policy === null ? texts.by.actor(step.actor) : texts.by.policy(step.policy)}</span>
          {step.runner === null ? null : <span>{texts.on(step.runner)}</span>}
          {step.attempt === null ?
            null :
            (
              <Badge
                tone={step.attempt.breaker === "refused" ? "bad" : "off"}
                text={texts.breaker[step.attempt.breaker]}
              />
            )}
        </p>
        <details>
          <summary className="small">
            {step.type} · {texts.version(format.number(step.version))} · {texts.details}
          </summary>
          <pre>{JSON.stringify(step.data, null, 2)}</pre>
          {step.causationId === null ? null : (
            <p className="small muted">
              {texts.causation} <code>{step.causationId}</code>
            </p>
          )}
        </details>
      </div>
    </li>
  )
}

/** Every event of an order, oldest first, by whom it was decided and how long after the one before. */
export const Timeline = ({ steps }: { readonly steps: ReadonlyArray<Step> }) => (
  <ol className="timeline">
    {steps.map((step, index) => (
      <Entry key={`${step.context} ${step.version} ${step.type}`} step={step} before={steps[index - 1]} />
    ))}
  </ol>
)

import { useState } from "react"
import * as Traces from "../api/Traces.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Empty, Failed, Loading } from "../ui/Trouble.tsx"
import { storyTexts } from "./StoryTexts.ts"
import * as Waterfall from "./Waterfall.ts"
import "./TraceView.css"

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

const shownKinds = ["server", "client", "consumer", "internal"] as const

const Bars = ({ spans }: { readonly spans: ReadonlyArray<Traces.Span> }) => {
  const { trace: texts } = useTexts(storyTexts)
  const format = useFormat()
  const kinds = new Set(spans.map(({ kind }) => kind))
  return (
    <>
      <p className="kinds small muted">
        {shownKinds.map((kind) =>
          kinds.has(kind) ? <span key={kind} data-kind={kind}>{texts.kinds[kind]}</span> : null
        )}
      </p>
      <ol className="waterfall" aria-label={texts.table}>
        {Waterfall.barsOf(spans).map(({ depth, from, offset, span, width }) => (
          <li key={span.spanId}>
            <details>
              <summary>
                <span
                  className="span-name"
                  style={{ paddingInlineStart: `${Math.min(depth, 12) * 0.75}rem` }}
                >
                  {span.name}
                  {span.error === null ? null : <span className="badge" data-tone="bad">{texts.error}</span>}
                </span>
                <span className="muted small">{span.service}</span>
                <span className="track" aria-hidden="true">
                  <span
                    className="bar"
                    data-kind={span.kind}
                    data-failed={span.error !== null}
                    style={{ marginInlineStart: percent(from), width: `max(2px, ${percent(width)})` }}
                  />
                </span>
                <span className="number small" title={`+${format.took(offset)}`}>
                  {format.took(span.duration)}
                </span>
              </summary>
              <pre>{JSON.stringify({ ...span.attributes, ...(span.error === null ? {} : { error: span.error }), ...(span.events.length === 0 ? {} : { events: span.events }) }, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </>
  )
}

const One = ({ at, traceId }: { readonly traceId: string; readonly at: string }) => {
  const { trace: texts } = useTexts(storyTexts)
  const loaded = useLoaded((signal) => Traces.get(traceId, signal), [traceId, at])
  if (loaded.value !== null) return <Bars spans={loaded.value.spans} />
  if (loaded.problem === null) return <Loading />
  return loaded.problem.status === 404
    ? <Empty>{texts.gone}</Empty>
    : <Failed what={texts.failed} problem={loaded.problem} onRetry={() => void loaded.reload()} />
}

/** The waterfall of one of an order's traces. `at` changes when they are worth reading anew. */
export const TraceView = (
  { at, traceIds }: { readonly traceIds: ReadonlyArray<string>; readonly at: string }
) => {
  const { trace: texts } = useTexts(storyTexts)
  const [chosen, choose] = useState<string | null>(null)
  const traceId = chosen ?? traceIds[0]
  if (traceId === undefined) return <Empty>{texts.none}</Empty>
  return (
    <>
      {traceIds.length === 1 ? null : (
        <label className="line padded">
          <span className="muted small">{texts.pick}</span>
          <select value={traceId} onChange={(event) => choose(event.target.value)}>
            {traceIds.map((id, index) => <option key={id} value={id}>{index + 1} · {id.slice(0, 12)}
            </option>)}
          </select>
        </label>
      )}
      <One traceId={traceId} at={at} />
    </>
  )
}

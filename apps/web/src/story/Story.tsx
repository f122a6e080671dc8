import { useEffect } from "react"
import { Link, useParams } from "wouter"
import type { Row } from "../api/Dashboard.ts"
import * as Orders from "../api/Orders.ts"
import { useLoaded } from "../api/useLoaded.ts"
import * as Feed from "../live/Feed.ts"
import * as Later from "../live/Later.ts"
import { useRow } from "../live/useRow.ts"
import { OrderActions } from "../order/OrderActions.tsx"
import { shortId } from "../order/ShortId.ts"
import { placeAgainPath } from "../Paths.ts"
import { useFormat } from "../texts/Format.ts"
import { useLanguage, useTexts } from "../texts/Language.ts"
import { words as allWords } from "../texts/Words.ts"
import { StateBadge } from "../ui/Badge.tsx"
import { Page } from "../ui/Page.tsx"
import { Empty, Failed, Loading } from "../ui/Trouble.tsx"
import { Progress } from "./Progress.tsx"
import { storyTexts } from "./StoryTexts.ts"
import { Timeline } from "./Timeline.tsx"
import { TraceView } from "./TraceView.tsx"

/** Events of a moment are read together. */
const settle = 150

/** The story as it goes on: read anew whenever the order's row changes. */
const useStory = (orderId: string) => {
  const loaded = useLoaded((signal) => Orders.story(orderId, signal), [orderId, useLanguage()])
  const { reload } = loaded
  useEffect(() => {
    const read = Later.make(reload, { gather: settle })
    const stop = [Feed.onRow(orderId, read.ask), Feed.onGap(read.ask), read.stop]
    return () => {
      for (const each of stop) each()
    }
  }, [orderId, reload])
  return loaded
}

const Facts = ({ row }: { readonly row: Row }) => {
  const { fields, payment } = useTexts(allWords)
  const format = useFormat()
  const facts: ReadonlyArray<readonly [string, string]> = [
    [fields.branch, row.branchId ?? "–"],
    [fields.sauce, row.sauceId ?? "–"],
    [fields.qty, format.number(row.qty)],
    [fields.price, format.money(row.price)],
    [fields.payment, row.paymentStatus === null ? "–" : payment[row.paymentStatus]]
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Everything that happened to one order, as it happens, and what may be done to it now. */
export const Story = () => {
  const { orderId = "" } = useParams<{ orderId: string }>()
  const texts = useTexts(storyTexts)
  const { context } = useTexts(allWords)
  const story = useStory(orderId)
  const { value: row } = useRow(orderId)
  const told = story.value
  return (
    <Page
      title={texts.title(shortId(orderId))}
      actions={
        <>
          {row === null ? null : <StateBadge state={row.state} />}
          <code className="muted">{orderId}</code>
          <span className="push line">
            {row === null ? null : <OrderActions row={row} onDone={() => void story.reload()} />}
            {row === null ? null : <Link className="button" href={placeAgainPath(row)}>{texts.again}</Link>}
          </span>
        </>
      }
    >
      {row === null ? null : (
        <section className="card padded stack">
          <Facts row={row} />
          <Progress row={row} />
        </section>
      )}
      <section className="card" aria-labelledby="timeline-title">
        <div className="padded line">
          <h2 id="timeline-title">{texts.timeline}</h2>
        </div>
        {story.problem !== null && told === null
          ? <Failed what={texts.failed} problem={story.problem} onRetry={() => void story.reload()} />
          : null}
        {told === null && story.problem === null ? <Loading what={texts.loading} /> : null}
        {told === null || told.missing.length === 0
          ? null
          : (
            <p className="padded" role="alert">
              {texts.missing(told.missing.map((each) => context[each]).join(", "))}
            </p>
          )}
        {told === null
          ? null
          : told.steps.length === 0
          ? <Empty>{texts.empty}</Empty>
          : <Timeline steps={told.steps} />}
      </section>
      {told === null ? null : (
        <section className="card" aria-labelledby="trace-title">
          <div className="padded">
            <h2 id="trace-title">{texts.trace.title}</h2>
            <p className="muted small">{texts.trace.explain}</p>
          </div>
          <TraceView traceIds={told.traceIds} at={told.steps.at(-1)?.at ?? ""} />
        </section>
      )}
    </Page>
  )
}

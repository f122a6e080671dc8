import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { BreakerStrip } from "./BreakerStrip.tsx"
import { Chart, type Mark } from "./Chart.tsx"
import { pulseTexts } from "./PulseTexts.ts"
import * as Window from "./Window.ts"
import "./Charts.css"

/** Throughput, time to answer and the breaker over the last minutes, on one axis of time. */
export const Charts = ({ window }: { readonly window: Window.Window }) => {
  const texts = useTexts(pulseTexts)
  const format = useFormat()
  const seconds = Window.over(window)
  const now = Window.figures(window)
  const times = seconds.map(({ at }) => at / 1_000)
  const span = { times, from: (window.at - Window.length) / 1_000, to: window.at / 1_000 }
  const marks: ReadonlyArray<Mark> = Window.transitions(window).map(({ at, to }) => ({
    at: at / 1_000,
    colour: to === "Closed" ? "good" : to === "HalfOpen" ? "wait" : "bad"
  }))
  const rate = `${format.rate(now.orders)}`
  const latency = now.p50 === null || now.p99 === null
    ? texts.none
    : `${texts.p50} ${format.took(now.p50)}, ${texts.p99} ${format.took(now.p99)}`
  if (window.at === 0) return <div className="charts-room" />
  return (
    <section className="charts" aria-label={texts.title}>
      <div className="card">
        <h2 className="small">{texts.throughput}</h2>
        <p className="legend small">
          <span data-colour="accent">
            {texts.taken} <strong>{rate}</strong>
          </span>
          <span data-colour="bad">
            {texts.refused} <strong>{format.rate(now.failed)}</strong>
          </span>
        </p>
        <Chart
          {...span}
          marks={marks}
          format={format.number}
          summary={texts.chart(texts.throughput, rate)}
          lines={[
            { label: "taken", colour: "accent", filled: true, values: seconds.map(({ orders }) => orders) },
            { label: "failed", colour: "bad", values: seconds.map(({ failed, refused }) => failed + refused) }
          ]}
        />
      </div>
      <div className="card">
        <h2 className="small">{texts.latency}</h2>
        <p className="legend small">
          <span data-colour="calm">
            {texts.p50} <strong>{now.p50 === null ? "–" : format.took(now.p50)}</strong>
          </span>
          <span data-colour="wait">
            {texts.p99} <strong>{now.p99 === null ? "–" : format.took(now.p99)}</strong>
          </span>
        </p>
        <Chart
          {...span}
          marks={marks}
          format={format.took}
          summary={texts.chart(texts.latency, latency)}
          lines={[
            { label: "p50", colour: "calm", values: seconds.map(({ p50 }) => p50) },
            { label: "p99", colour: "wait", values: seconds.map(({ p99 }) => p99) }
          ]}
        />
      </div>
      <div className="card breakers">
        <h2 className="small">{texts.breaker}</h2>
        {window.breakers.length === 0 ?
          <p className="muted small">{texts.noBreaker}</p> :
          window.breakers.map((breaker) => (
            <BreakerStrip
              key={`${breaker.process} ${breaker.name}`}
              breaker={breaker}
              at={window.at}
              only={window.breakers.length === 1}
            />
          ))}
      </div>
    </section>
  )
}

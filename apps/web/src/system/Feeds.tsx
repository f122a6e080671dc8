import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge, type Tone } from "../ui/Badge.tsx"
import { Empty } from "../ui/Trouble.tsx"
import type { Feed } from "./Overview.ts"
import { systemTexts } from "./SystemTexts.ts"

/** Seconds behind. An alert fires after five. */
const toneOf = (lag: number): Tone => lag > 5 ? "bad" : lag > 1 ? "wait" : "good"

/** The subscriptions, and how far each is behind its feed. */
export const Feeds = ({ feeds }: { readonly feeds: ReadonlyArray<Feed> }) => {
  const texts = useTexts(systemTexts)
  const format = useFormat()
  return (
    <section className="card">
      <h2 className="padded">{texts.feeds}</h2>
      {feeds.length === 0
        ? (
          <Empty>
            <p>{texts.noFeeds}</p>
          </Empty>
        )
        : (
          <div className="wide" tabIndex={0} role="region" aria-label={texts.feeds}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{texts.feed}</th>
                  <th scope="col">{texts.lag}</th>
                  <th scope="col" className="number">{texts.parkedCount}</th>
                  <th scope="col" className="number">{texts.events}</th>
                  <th scope="col">{texts.runsIn}</th>
                </tr>
              </thead>
              <tbody>
                {feeds.map(({ events, lag, name, parked, process }) => (
                  <tr key={name}>
                    <td>
                      <code>{name}</code>
                    </td>
                    <td>
                      {lag === null ? "–" : <Badge tone={toneOf(lag)} text={format.took(lag * 1_000)} />}
                    </td>
                    <td className="number">
                      {parked === 0 ? "0" : <Badge tone="bad" text={format.number(parked)} />}
                    </td>
                    <td className="number">{format.number(events)}</td>
                    <td>
                      <code>{process}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  )
}

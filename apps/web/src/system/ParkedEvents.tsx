import { useState } from "react"
import type { Parked } from "../api/Systems.ts"
import * as Systems from "../api/Systems.ts"
import type { Loaded } from "../api/useLoaded.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge } from "../ui/Badge.tsx"
import { Confirm } from "../ui/Confirm.tsx"
import * as Notices from "../ui/Notices.tsx"
import { tellProblem } from "../ui/TellProblem.tsx"
import { Empty, Failed, Loading } from "../ui/Trouble.tsx"
import { systemTexts } from "./SystemTexts.ts"

const keyOf = ({ event, subscription }: Parked) => `${subscription} ${event.eventId}`

/** What subscriptions have set aside. The first event of a stream holds up those behind it, so only it has buttons. */
export const ParkedEvents = ({ parked: { problem, reload, value } }: {
  readonly parked: Loaded<ReadonlyArray<Parked>>
}) => {
  const texts = useTexts(systemTexts)
  const format = useFormat()
  const [skipped, setSkipped] = useState<Parked | null>(null)
  const serve = async (parked: Parked, wish: "retry" | "skip") => {
    await Systems.serve(parked, wish)
    Notices.tell({ tone: "good", content: texts.asked[wish] })
    await reload()
  }
  return (
    <section className="card">
      <h2 className="padded">{texts.parked}</h2>
      {problem === null
        ? null
        : <Failed what={texts.parkedFailed} problem={problem} onRetry={() => void reload()} />}
      {value === null && problem === null ? <Loading /> : null}
      {value === null ? null : value.length === 0
        ? (
          <Empty>
            <p>{texts.noParked}</p>
          </Empty>
        )
        : (
          <div className="wide" tabIndex={0} role="region" aria-label={texts.parked}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{texts.feed}</th>
                  <th scope="col">{texts.stream}</th>
                  <th scope="col">{texts.event}</th>
                  <th scope="col">{texts.why}</th>
                  <th scope="col" className="number">{texts.tries}</th>
                  <th scope="col" />
                </tr>
              </thead>
              <tbody>
                {value.map((parked) => (
                  <tr key={keyOf(parked)}>
                    <td>
                      <code>{parked.subscription}</code>
                    </td>
                    <td>
                      <code>{parked.event.streamId}</code>
                    </td>
                    <td>{parked.event.type}</td>
                    <td className="reason" lang={parked.error === null ? undefined : "en"}>
                      {parked.error ?? texts.waits}
                    </td>
                    <td className="number">{format.number(parked.tries)}</td>
                    <td>
                      {parked.error === null ? null : parked.request === null
                        ? (
                          <span className="line">
                            <button
                              type="button"
                              className="small-button"
                              aria-label={texts.of(texts.retry, parked.event.streamId)}
                              onClick={() => void serve(parked, "retry").catch(tellProblem)}
                            >
                              {texts.retry}
                            </button>
                            <button
                              type="button"
                              className="small-button quiet"
                              aria-label={texts.of(texts.skip, parked.event.streamId)}
                              onClick={() => setSkipped(parked)}
                            >
                              {texts.skip}
                            </button>
                          </span>
                        )
                        : <Badge tone="wait" text={texts.requested[parked.request]} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      {skipped === null ? null : (
        <Confirm
          question={{
            title: texts.skipTitle,
            explain: (
              <>
                <code>{skipped.event.streamId}</code> · {texts.skipExplain}
              </>
            ),
            yes: texts.skip,
            danger: true,
            act: () => serve(skipped, "skip")
          }}
          onClose={() => setSkipped(null)}
        />
      )}
    </section>
  )
}

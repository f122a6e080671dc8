import { Link } from "wouter"
import type * as Chaos from "../api/Chaos.ts"
import { shortId } from "../order/ShortId.ts"
import { paymentsPath, storyPath } from "../Paths.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { chaosTexts } from "./ChaosTexts.ts"

const promised = ["lost", "doubled", "unordered"] as const

/** What is promised to be 0 at any time, and what must come to 0 once all is well again. */
export const Counters = ({ counters }: { readonly counters: Chaos.Counters }) => {
  const texts = useTexts(chaosTexts)
  const format = useFormat()
  const known = counters.at !== null
  const links = {
    lost: <Link href="/">{texts.of.acknowledged(format.number(counters.acknowledged))}</Link>,
    doubled: <Link href="/">{texts.of.orders(format.number(counters.orders))}</Link>,
    unordered: <Link href={paymentsPath}>{texts.of.charges(format.number(counters.charges))}</Link>
  }
  return (
    <section className="counters" aria-label={texts.counters}>
      {promised.map((counter) => {
        const count = counters[counter]
        const broken = counters.examples.filter((example) => example.counter === counter)
        return (
          <div
            key={counter}
            className="card counter"
            data-counter={counter}
            data-tone={!known ? "off" : count === 0 ? "good" : "bad"}
          >
            <h2>{texts.counter[counter].name}</h2>
            <p className="count">{known ? format.number(count) : "–"}</p>
            <p className="small">{links[counter]}</p>
            <p className="muted small">{texts.counter[counter].means}</p>
            {broken.length === 0 ? null : (
              <p className="line small" role="alert">
                {broken.map(({ orderId }) => (
                  <Link key={orderId} href={storyPath(orderId)}>
                    <code>{shortId(orderId)}</code>
                  </Link>
                ))}
              </p>
            )}
          </div>
        )
      })}
      <div className="card counter" data-counter="settling">
        <h2>{texts.counter.settling.name}</h2>
        <p className="count">{known ? format.number(counters.settling) : "–"}</p>
        <p className="small muted">
          {counters.at === null ? texts.reading : texts.asOf(format.clock(new Date(counters.at)))}
        </p>
        <p className="muted small">{texts.counter.settling.means}</p>
      </div>
    </section>
  )
}

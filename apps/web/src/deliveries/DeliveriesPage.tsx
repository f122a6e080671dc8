import { useEffect, useState } from "react"
import { Link, useLocation, useSearch } from "wouter"
import type { DeliveryView } from "../api/Deliveries.ts"
import { OrderActions } from "../order/OrderActions.tsx"
import { shortId } from "../order/ShortId.ts"
import { deliveriesPath, storyPath } from "../Paths.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { Badge } from "../ui/Badge.tsx"
import { Page } from "../ui/Page.tsx"
import { Tabs } from "../ui/Tabs.tsx"
import { Empty, Failed, Loading } from "../ui/Trouble.tsx"
import { deliveriesTexts } from "./DeliveriesTexts.ts"
import * as Lateness from "./Lateness.ts"
import { useDeliveries } from "./useDeliveries.ts"

const tabs = ["Preparing", "Dispatched", "Failed", "Replanned"] as const
type Tab = (typeof tabs)[number]

/** The time, anew every few seconds. */
const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

const Entry = ({ delivery, now }: { readonly delivery: DeliveryView; readonly now: number }) => {
  const texts = useTexts(deliveriesTexts)
  const { fields } = useTexts(words)
  const format = useFormat()
  const since = Lateness.since(delivery)
  return (
    <tr>
      <td>
        <Link href={storyPath(delivery.orderId)} title={delivery.orderId}>
          <code>{shortId(delivery.orderId)}</code>
        </Link>
      </td>
      <td>{delivery.branchId}</td>
      <td>{delivery.sauceId}</td>
      <td className="number" data-label={fields.qty}>{format.number(delivery.qty)}</td>
      <td>
        <span className="line">
          <time dateTime={new Date(since).toISOString()} title={format.full(new Date(since))}>
            {format.ago(Math.max(0, now - since))}
          </time>
          {Lateness.isLate(delivery, now) ? <Badge tone="bad" text={texts.late} /> : null}
        </span>
      </td>
      <td className="whole">
        <span className="line">
          <OrderActions
            direct
            stagesOnly
            row={{
              orderId: delivery.orderId,
              deliveryStatus: delivery.status,
              orderStatus: null,
              state: "Preparing"
            }}
          />
        </span>
      </td>
    </tr>
  )
}

/** What the dispatcher has to do: what waits, what is late, and each stage with one press. */
export const DeliveriesPage = () => {
  const texts = useTexts(deliveriesTexts)
  const { fields } = useTexts(words)
  const format = useFormat()
  const [, navigate] = useLocation()
  const asked = new URLSearchParams(useSearch()).get("status")
  const tab: Tab = tabs.find((each) => each === asked) ?? "Preparing"
  const { problem, reload, showMore, value } = useDeliveries(tab)
  const now = useNow()
  const late = value?.items.filter((delivery) => Lateness.isLate(delivery, now)).length ?? 0
  return (
    <Page title={texts.title}>
      <Tabs
        label={texts.title}
        tabs={tabs.map((each) => ({ id: each, name: texts.tabs[each] }))}
        chosen={tab}
        onChoose={(next) =>
          navigate(next === "Preparing" ? deliveriesPath : `${deliveriesPath}?status=${next}`)}
      >
        <div className="padded line">
          <p className="muted">{texts.explain[tab]}</p>
          {value === null ? null : (
            <span className="push line small">
              {late === 0 ? null : <Badge tone="bad" text={texts.lateOf(format.number(late))} />}
              <span className="muted">
                {texts.count(`${format.number(value.items.length)}${value.more ? "+" : ""}`)}
              </span>
            </span>
          )}
        </div>
        {problem === null
          ? null
          : <Failed what={texts.failed} problem={problem} onRetry={() => void reload()} />}
        {value === null && problem === null ? <Loading /> : null}
        {value === null ? null : value.items.length === 0 ?
          (
            <Empty>
              <p>{texts.none[tab]}</p>
            </Empty>
          ) :
          (
            <div className="wide" tabIndex={0} role="region" aria-label={texts.tabs[tab]}>
              <table className="flowing">
                <thead>
                  <tr>
                    <th scope="col">{fields.order}</th>
                    <th scope="col">{fields.branch}</th>
                    <th scope="col">{fields.sauce}</th>
                    <th scope="col" className="number">{fields.qty}</th>
                    <th scope="col">{texts.since}</th>
                    <th scope="col">{texts.actions}</th>
                  </tr>
                </thead>
                <tbody>
                  {value.items.map((delivery) => <Entry key={delivery.id} delivery={delivery} now={now} />)}
                </tbody>
              </table>
            </div>
          )}
        {value !== null && value.more
          ? (
            <p className="padded">
              <button type="button" onClick={showMore}>{texts.more}</button>
            </p>
          )
          : null}
      </Tabs>
    </Page>
  )
}

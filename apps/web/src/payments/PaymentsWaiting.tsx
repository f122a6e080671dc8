import { Link } from "wouter"
import type { PaymentView } from "../api/Payments.ts"
import * as Payments from "../api/Payments.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { shortId } from "../order/ShortId.ts"
import { storyPath } from "../Paths.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { Badge } from "../ui/Badge.tsx"
import { Empty, Failed, Loading, useServerLanguage } from "../ui/Trouble.tsx"
import { useRepeated } from "../ui/useRepeated.ts"
import { PaymentActions } from "./PaymentActions.tsx"
import { paymentsTexts } from "./PaymentsTexts.ts"

export const lists = ["Unknown", "RefundRequested", "Attention", "Failed", "Requested"] as const
export type List = (typeof lists)[number]

const Entry = (
  { onDone, payment }: { readonly payment: PaymentView; readonly onDone: () => Promise<void> }
) => {
  const texts = useTexts(paymentsTexts)
  const format = useFormat()
  const spoken = useServerLanguage()
  const last = payment.attempts.at(-1)
  const since = Date.parse(payment.waitingSince)
  return (
    <tr>
      <td>
        <Link href={storyPath(payment.orderId)} title={payment.orderId}>
          <code>{shortId(payment.orderId)}</code>
        </Link>
      </td>
      <td className="number">{format.money(payment.amount)}</td>
      <td>
        <span className="line">
          <time dateTime={payment.waitingSince} title={format.full(new Date(since))}>
            {format.lasting(Date.now() - since)}
          </time>
          {payment.attention === null
            ? null
            : (
              <span title={payment.attention}>
                <Badge tone="bad" text={texts.attention} />
              </span>
            )}
        </span>
      </td>
      <td className="number" data-label={texts.attempts}>{format.number(payment.attempts.length)}</td>
      <td className="whole" lang={spoken}>{payment.attention ?? last?.detail ?? "–"}</td>
      <td className="whole">
        <PaymentActions payment={payment} onDone={onDone} />
      </td>
    </tr>
  )
}

/** Those of one status, the one that has waited longest first. */
export const PaymentsWaiting = ({ list }: { readonly list: List }) => {
  const texts = useTexts(paymentsTexts)
  const { fields } = useTexts(words)
  const format = useFormat()
  const { problem, reload, value } = useLoaded((signal) => Payments.waiting(list, signal), [list])
  useRepeated(reload, 2_000)
  return (
    <>
      <div className="padded line">
        <p className="muted">{texts.explain[list]}</p>
        {value === null || value.length === 0
          ? null
          : <span className="push muted small">{texts.count(format.number(value.length))}</span>}
      </div>
      {problem === null
        ? null
        : <Failed what={texts.failed} problem={problem} onRetry={() => void reload()} />}
      {value === null && problem === null ? <Loading /> : null}
      {value === null ? null : value.length === 0
        ? (
          <Empty>
            <p>{texts.none[list]}</p>
          </Empty>
        )
        : (
          <div className="wide" tabIndex={0} role="region" aria-label={texts.tabs[list]}>
            <table className="flowing">
              <thead>
                <tr>
                  <th scope="col">{fields.order}</th>
                  <th scope="col" className="number">{fields.price}</th>
                  <th scope="col">{texts.waiting}</th>
                  <th scope="col" className="number">{texts.attempts}</th>
                  <th scope="col">{texts.last}</th>
                  <th scope="col">{texts.actions}</th>
                </tr>
              </thead>
              <tbody>
                {value.map((payment) => <Entry key={payment.id} payment={payment} onDone={reload} />)}
              </tbody>
            </table>
          </div>
        )}
    </>
  )
}

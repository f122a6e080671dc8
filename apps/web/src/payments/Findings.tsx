import { Link } from "wouter"
import type { Compared, Finding } from "../api/Reconciliation.ts"
import { shortId } from "../order/ShortId.ts"
import { storyPath } from "../Paths.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { Badge } from "../ui/Badge.tsx"
import { FindingActions } from "./FindingActions.tsx"
import { reconciliationTexts } from "./ReconciliationTexts.ts"

/** Milliseconds: what is younger is on its way. */
const young = 60_000

const Row = ({ finding, onDone }: { readonly finding: Finding; readonly onDone: () => Promise<void> }) => {
  const texts = useTexts(reconciliationTexts)
  const known = useTexts(words)
  const { fields } = known
  const format = useFormat()
  const { age, captured, delivery, kind, order, orderId, payment, price, provider, refunded } = finding
  const says = [
    [fields.order, order && known.order[order]],
    [fields.payment, payment && known.payment[payment]],
    [fields.delivery, delivery && known.delivery[delivery]],
    [texts.ledger, provider && texts.provider[provider]]
  ]
  return (
    <tr data-finding={kind}>
      <td>
        <Link href={storyPath(orderId)} title={orderId}>
          <code>{shortId(orderId)}</code>
        </Link>
      </td>
      <td className="kind">
        <Badge tone={age > young ? "bad" : "wait"} text={texts.kinds[kind]} />
        <p className="muted small">{texts.since(format.lasting(age))}</p>
      </td>
      <td className="books">
        <dl className="says small">
          {says.map(([book, word]) => (
            <div key={book}>
              <dt className="muted">{book}</dt>
              <dd>{word ?? texts.unknown}</dd>
            </div>
          ))}
        </dl>
      </td>
      <td className="number" data-label={fields.price}>{format.money(price)}</td>
      <td className="number" data-label={texts.amounts}>
        {format.money(captured)} / {format.money(refunded)}
      </td>
      <td className="todo">
        <FindingActions finding={finding} onDone={onDone} />
      </td>
    </tr>
  )
}

/** Where the books part, the oldest first. */
export const Findings = ({ compared: { counts, findings, strangers }, onDone }: {
  readonly compared: Compared
  readonly onDone: () => Promise<void>
}) => {
  const texts = useTexts(reconciliationTexts)
  const { fields } = useTexts(words)
  const format = useFormat()
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      {findings.length === 0 ? null : (
        <div>
          <h2 className="padded line">
            {texts.findings}
            {all > findings.length
              ? (
                <span className="muted small">
                  {texts.shown(format.number(findings.length), format.number(all))}
                </span>
              )
              : null}
          </h2>
          <div className="wide" tabIndex={0} role="region" aria-label={texts.findings}>
            <table className="findings">
              <thead>
                <tr>
                  <th scope="col">{fields.order}</th>
                  <th scope="col">{texts.findings}</th>
                  <th scope="col">{texts.says}</th>
                  <th scope="col" className="number">{fields.price}</th>
                  <th scope="col" className="number">{texts.amounts}</th>
                  <th scope="col">{texts.todo}</th>
                </tr>
              </thead>
              <tbody>
                {findings.map((finding) => <Row key={finding.paymentId} finding={finding} onDone={onDone} />)}
              </tbody>
            </table>
          </div>
        </div>
      )}
      {strangers.count === 0 ? null : (
        <div className="padded stack">
          <p>{texts.strangers(format.number(strangers.count))}</p>
          <ul>
            {strangers.lines.map(({ amount, at, key, type }) => (
              <li key={`${key} ${type} ${at}`} className="line">
                <code>{key}</code> {format.money(amount?.amount ?? null)} {format.short(new Date(at))}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

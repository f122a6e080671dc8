import type { Compared, Status } from "../api/Reconciliation.ts"
import * as Reconciliation from "../api/Reconciliation.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge, type Tone } from "../ui/Badge.tsx"
import { tellProblem } from "../ui/TellProblem.tsx"
import { Failed, Loading, useServerLanguage } from "../ui/Trouble.tsx"
import { useRepeated } from "../ui/useRepeated.ts"
import { Findings } from "./Findings.tsx"
import { reconciliationTexts } from "./ReconciliationTexts.ts"
import "./Books.css"

const tones: Readonly<Record<Compared["verdict"], Tone>> = {
  agree: "good",
  settling: "wait",
  differ: "bad",
  unexplained: "bad"
}

const Underway = (
  { running: { book, expected, read } }: { readonly running: NonNullable<Status["running"]> }
) => {
  const texts = useTexts(reconciliationTexts)
  const { number } = useFormat()
  const what = `${texts.running[book]}: ${texts.read(number(read))}`
  return (
    <div className="padded stack" role="status">
      <p>{what}</p>
      {expected === null || expected === 0
        ? <progress aria-label={texts.running[book]} />
        : <progress aria-label={texts.running[book]} max={expected} value={Math.min(read, expected)} />}
    </div>
  )
}

const Result = ({ compared }: { readonly compared: Compared }) => {
  const texts = useTexts(reconciliationTexts)
  const format = useFormat()
  const { endedAt, read, startedAt, totals, verdict } = compared
  const [began, ended] = [new Date(startedAt), new Date(endedAt)]
  const figures = ["orders", "payments", "charges", "deliveries"] as const
  const columns = ["due", "captured", "refunded", "held", "difference"] as const
  return (
    <>
      <div className="padded stack" data-verdict={verdict}>
        <p className="line verdict" role="status">
          <Badge tone={tones[verdict]} text={texts.verdict[verdict]} />
          <time className="muted small" dateTime={startedAt} title={format.full(began)}>
            {texts.asOf(
              format.short(began),
              format.took(ended.getTime() - began.getTime()),
              format.number(read)
            )}
          </time>
        </p>
        <dl className="figures">
          {figures.map((figure) => (
            <div key={figure}>
              <dt className="muted small">{texts.figures[figure]}</dt>
              <dd>{format.number(compared[figure])}</dd>
            </div>
          ))}
        </dl>
      </div>
      {totals.length === 0 ? null : (
        <div className="wide" tabIndex={0} role="region" aria-label={texts.money}>
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.sums.currency}</th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="number">{texts.sums[column]}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {totals.map((total) => (
                <tr key={total.currency}>
                  <td>{total.currency}</td>
                  {columns.map((column) => (
                    <td key={column} className="number">{format.number(total[column])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

/** Whether the books agree: the last comparison, the one under way, and what to do about what differs. */
export const Books = () => {
  const texts = useTexts(reconciliationTexts)
  const spoken = useServerLanguage()
  const { problem, reload, replace, value } = useLoaded(Reconciliation.status, [])
  const running = value?.running ?? null
  useRepeated(reload, running === null ? 10_000 : 500)
  const compare = async () => {
    try {
      replace(await Reconciliation.begin())
    } catch (thrown) {
      tellProblem(thrown)
    }
  }
  return (
    <>
      <div className="padded line">
        <p className="muted explain">{texts.explain}</p>
        <button
          type="button"
          className="primary push"
          aria-disabled={running !== null}
          onClick={() => running === null ? void compare() : undefined}
        >
          {texts.compare}
        </button>
      </div>
      {problem === null
        ? null
        : <Failed what={texts.failed} problem={problem} onRetry={() => void reload()} />}
      {value === null && problem === null ? <Loading /> : null}
      {running === null ? null : <Underway running={running} />}
      {value === null || value.failure === null ? null : (
        <p className="padded" role="alert">
          <strong>{texts.broken}</strong> <span lang={spoken}>{value.failure.detail}</span>
        </p>
      )}
      {value === null || value.last === null
        ? null
        : (
          <>
            <Result compared={value.last} />
            <Findings compared={value.last} onDone={compare} />
          </>
        )}
    </>
  )
}

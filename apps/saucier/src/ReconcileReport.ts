import type { Disagreement, Sums } from "@saucier/assembly/ReconciliationTally"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import Table from "cli-table3"
import * as Duration from "effect/Duration"
import * as Colours from "./Colours.ts"
import type { Texts } from "./TextsEn.ts"

export interface Report {
  readonly payments: number
  readonly sums: ReadonlyMap<string, Sums>
  readonly disagreements: ReadonlyArray<Disagreement>
  /** Lines of the ledger whose key is no payment of ours. */
  readonly strangers: ReadonlyArray<LedgerLine>
}

/** So many are shown on a terminal; of more, people want the JSON. */
const shown = 50

const style = { head: [], border: [] }

const ageOf = (millis: number) => Duration.format(Duration.seconds(Math.floor(millis / 1000)))

const rows = ({ reconcile: texts }: Texts, { disagreements }: Report) => {
  if (disagreements.length === 0) return []
  const table = new Table({ head: texts.headers, style })
  table.push(
    ...disagreements.slice(0, shown).map((
      { age, delivery, kind, order, orderId, payment, provider, settledBy }
    ) => [
      orderId,
      texts.kinds[kind],
      order ?? "-",
      payment ?? "-",
      delivery ?? "-",
      provider ?? "-",
      ageOf(age),
      texts.settlers[settledBy]
    ])
  )
  const rest = disagreements.length - shown
  return rest > 0 ? [table.toString(), texts.more(rest)] : [table.toString()]
}

const sumsTable = ({ language, reconcile: texts }: Texts, { sums }: Report) => {
  if (sums.size === 0) return []
  const right = "right" as const
  const table = new Table({ head: texts.sums, style, colAligns: ["left", right, right, right, right, right] })
  const figure = (amount: number) => amount.toLocaleString(language)
  for (const [currency, { captured, due, held, refunded }] of sums) {
    table.push([currency, ...[due, captured, refunded, held, held - due].map(figure)])
  }
  return [table.toString()]
}

const verdict = (
  { reconcile: texts }: Texts,
  { disagreements, payments, strangers }: Report,
  old: number
) => {
  const lines = strangers.length > 0 ? [Colours.red(texts.strangers(strangers.length))] : []
  if (old > 0) return lines
  return disagreements.length === 0
    ? [`${Colours.green("✓")} ${texts.agree(payments)}`]
    : [texts.young(disagreements.length)]
}

export const text = (texts: Texts, report: Report, old: number): string =>
  [...rows(texts, report), ...sumsTable(texts, report), ...verdict(texts, report, old)].join("\n")

/** For programs; amounts in minor units, ages in milliseconds. */
export const json = ({ disagreements, payments, strangers, sums }: Report): string =>
  JSON.stringify({ payments, sums: Object.fromEntries(sums), disagreements, strangers })

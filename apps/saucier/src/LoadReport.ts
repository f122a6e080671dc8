import Table from "cli-table3"
import * as Colours from "./Colours.ts"
import type { Violation } from "./LoadCheck.ts"
import type { Load, Options } from "./LoadRun.ts"
import type { Texts } from "./TextsEn.ts"

/** So many violations are shown; thousands of the same kind help nobody. */
const shown = 10

const answered = (load: Load) =>
  Object.entries(load.answers).reduce((sum, [outcome, count]) => /^\d+$/.test(outcome) ? sum + count : sum, 0)

const achieved = (load: Load) => answered(load) / load.elapsedSeconds

const paid = (load: Load) => load.acknowledged.filter(({ status }) => status === 201).length

/** Everything, for programs. */
export const json = (options: Options, load: Load, violations: ReadonlyArray<Violation>) => ({
  rate: options.rate,
  seconds: options.seconds,
  sent: load.sent,
  elapsedSeconds: load.elapsedSeconds,
  achievedRate: achieved(load),
  latencyMillis: load.latency,
  answers: load.answers,
  acknowledged: load.acknowledged.length,
  paid: paid(load),
  branchId: load.branchId,
  violations
})

const style = { head: [], border: [] }

const latencies = ({ load: texts }: Texts, { latency }: Load) => {
  const table = new Table({
    head: Object.keys(latency),
    style,
    colAligns: ["right", "right", "right", "right"]
  })
  table.push(Object.values(latency).map((millis) => millis.toFixed(1)))
  return `${texts.latency}\n${table.toString()}`
}

const answersOf = ({ load: texts }: Texts, { answers }: Load) => {
  const names: Readonly<Record<string, string>> = { timeout: texts.timeout, broken: texts.broken }
  const table = new Table({ style, colAligns: ["left", "right"] })
  table.push(
    ...Object.entries(answers).sort().map(([outcome, count]) => [names[outcome] ?? outcome, count])
  )
  return `${texts.answers}\n${table.toString()}`
}

const verdict = ({ load: texts }: Texts, load: Load, violations: ReadonlyArray<Violation>) => {
  if (violations.length === 0) {
    return `${Colours.green("✓")} ${texts.holds(load.acknowledged.length, paid(load))}`
  }
  const lines = violations.slice(0, shown).map(({ orderId, reason }) =>
    `  ${orderId}  ${texts.reasons[reason]}`
  )
  const rest = violations.length - shown
  return [
    `${Colours.red("✗")} ${texts.violated(violations.length)}`,
    ...lines,
    ...(rest > 0 ? [`  ${texts.more(rest)}`] : [])
  ].join("\n")
}

/** The same, for people. */
export const text = (texts: Texts, options: Options, load: Load, violations: ReadonlyArray<Violation>) =>
  [
    latencies(texts, load),
    answersOf(texts, load),
    texts.load.achieved(achieved(load).toFixed(1), `${options.rate}`),
    verdict(texts, load, violations)
  ].join("\n\n")

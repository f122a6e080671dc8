/** What a process carries, from what it told again and again. Times are milliseconds of a clock that does not go back. */
import * as Num from "effect/Number"
import type { Load } from "./Autoscaling.ts"

export interface Told {
  readonly at: number
  readonly pid: number | null
  readonly cpuSeconds: number | null
  readonly providerCalls: number | null
}

/** Those of the last `window` milliseconds. Another process with the same number begins anew. */
export const add = (past: ReadonlyArray<Told>, told: Told, window: number): ReadonlyArray<Told> => [
  ...past.filter(({ at, pid }) => pid === told.pid && at >= told.at - window),
  told
]

const means = (values: ReadonlyArray<number>) =>
  values.length === 0 ? null : Num.sumAll(values) / values.length

const cores = (told: ReadonlyArray<Told>) => {
  const known = told.flatMap(({ at, cpuSeconds }) => cpuSeconds === null ? [] : [{ at, cpuSeconds }])
  const first = known[0]
  const last = known.at(-1)
  if (first === undefined || last === undefined || last.at <= first.at) return null
  return Math.max(0, (last.cpuSeconds - first.cpuSeconds) * 1000 / (last.at - first.at))
}

/** Processor cores and calls at the provider, on average over what is given; null where nothing was told. */
export const load = (told: ReadonlyArray<Told>): Load => ({
  cpu: cores(told),
  providerCalls: means(
    told.flatMap(({ providerCalls }) => providerCalls === null ? [] : [providerCalls])
  )
})

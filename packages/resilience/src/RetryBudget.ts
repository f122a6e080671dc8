/**
 * Bounds what retries add to the load: each request earns a fraction of a retry, and a few a second are free so that
 * low traffic can retry at all. Over any span of t seconds, retries ≤ burst + ratio × requests + minimumPerSecond × (t + 1).
 */
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricLabel from "effect/MetricLabel"
import * as Ref from "effect/Ref"
import { RetryBudgetConfig } from "./RetryBudgetConfig.ts"

/** Thousandths of a retry: whole numbers add up exactly, tenths do not. */
const retry = 1000

export const spent = Metric.counter("retry_budget_spent_total", { incremental: true })
export const exhausted = Metric.counter("retry_budget_exhausted_total", { incremental: true })

interface Balance {
  readonly earned: number
  readonly free: number
  readonly refilledAt: bigint
}

export interface RetryBudget {
  /** To be told once a request, before its first attempt. */
  readonly request: Effect.Effect<void>
  /** Takes one retry, or says no. */
  readonly withdraw: Effect.Effect<boolean>
}

export interface Options {
  readonly name: string
  readonly config?: RetryBudgetConfig
}

export const make = Effect.fnUntraced(function*(options: Options) {
  const { burst, minimumPerSecond, ratio } = options.config ?? new RetryBudgetConfig({})
  const clock = yield* Effect.clock
  const freeCap = minimumPerSecond * retry
  const earnedCap = burst * retry
  const ref = yield* Ref.make<Balance>({
    earned: 0,
    free: freeCap,
    refilledAt: clock.unsafeCurrentTimeNanos()
  })
  const labels = [MetricLabel.make("name", options.name)]

  const budget: RetryBudget = {
    request: Ref.update(ref, (balance) => ({
      ...balance,
      earned: Math.min(earnedCap, balance.earned + Math.round(ratio * retry))
    })),
    withdraw: Ref.modify(ref, ({ earned, free, refilledAt }): readonly [boolean, Balance] => {
      const now = clock.unsafeCurrentTimeNanos()
      const refilled = Math.min(freeCap, free + (Number(now - refilledAt) / 1e9) * freeCap)
      const granted = earned >= retry || refilled >= retry
      ;(granted ? spent : exhausted).unsafeUpdate(1, labels)
      return [granted, {
        earned: earned >= retry ? earned - retry : earned,
        free: earned < retry && refilled >= retry ? refilled - retry : refilled,
        refilledAt: now
      }]
    })
  }
  return budget
})

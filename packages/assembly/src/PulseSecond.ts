/** What one gateway, or all of them, answered to those who ordered within one second. */
import * as Schema from "effect/Schema"
import * as PulseLatencies from "./PulseLatencies.ts"

/** `at` is the second's beginning in epoch milliseconds. `refused`: the caller's fault; `failed`: ours, or the provider's. */
export const PulseSecond = Schema.Struct({
  at: Schema.Number,
  orders: Schema.Int,
  refused: Schema.Int,
  failed: Schema.Int,
  latencies: PulseLatencies.PulseLatencies
})
export type PulseSecond = typeof PulseSecond.Type

/** So many seconds are kept. */
export const kept = 300

/** The beginning of the second that holds a time. */
export const secondOf = (at: number): number => Math.floor(at / 1000) * 1000

export const empty = (at: number): PulseSecond => ({ at, orders: 0, refused: 0, failed: 0, latencies: [] })

export const sum = (at: number, seconds: ReadonlyArray<PulseSecond>): PulseSecond => ({
  at,
  orders: seconds.reduce((count, { orders }) => count + orders, 0),
  refused: seconds.reduce((count, { refused }) => count + refused, 0),
  failed: seconds.reduce((count, { failed }) => count + failed, 0),
  latencies: PulseLatencies.sum(seconds.map(({ latencies }) => latencies))
})

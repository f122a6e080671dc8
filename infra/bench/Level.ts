/**
 * One level of load: warm-up, measured window, a second window with probes, drain, check; then half that load with
 * probes. Throughput is measured without probes, and complete orders are divided by the time until all were.
 */
import * as Effect from "effect/Effect"
import * as Driver from "./Driver.ts"
import * as Probes from "./Probes.ts"
import * as Settling from "./Settling.ts"
import * as Target from "./Target.ts"
import * as Usage from "./Usage.ts"

export interface Plan {
  readonly driver: Driver.Driver
  readonly connections: number
  readonly seconds: number
  readonly warmup: number
}

export const seconds = ({ seconds, warmup }: Plan) => warmup + 2 * seconds

export const measure = (target: Target.Target, plan: Plan) =>
  Effect.gen(function*() {
    const loop = (seconds: number) => Driver.loop(plan.driver, target, plan.connections, seconds)
    const before = yield* Target.tally(target)
    const warm = yield* loop(plan.warmup)

    const since = Usage.meter(target.pids)
    const start = performance.now()
    const load = yield* loop(plan.seconds)
    const cpu = since()
    const memory = Usage.memory(target.pids)

    const probed = yield* Probes.during(target, loop(plan.seconds / 2))
    const loaded = (performance.now() - start) / 1000
    const measured = load.acked + probed.result.acked + probed.placed
    const acked = warm.acked + measured
    const drained = yield* Settling.settle(target, before.made + acked)
    const completePerSecond = measured / (loaded + drained.seconds)

    const half = yield* Probes.during(target, Driver.steady(target, completePerSecond / 2, plan.seconds / 2))
    const acknowledged = acked + half.result.acked + half.placed
    const settled = yield* Settling.settle(target, before.made + acknowledged)
    const made = settled.made - before.made

    return {
      connections: plan.connections,
      driver: plan.driver,
      ordersPerSecond: load.ordersPerSecond,
      completePerSecond,
      post: { p50: load.p50, p99: load.p99, max: load.max },
      lag: probed.lag,
      halfLoad: { ordersPerSecond: half.result.ordersPerSecond, post: half.post, lag: half.lag },
      drainSeconds: drained.seconds,
      cpu,
      ...memory,
      refused: warm.refused + load.refused + probed.result.refused + half.result.refused,
      broken: warm.broken + load.broken + probed.result.broken + half.result.broken,
      probeFailures: [...probed.failures, ...half.failures],
      acknowledged,
      made,
      complete: settled.complete - before.complete,
      countsAgree: made >= acknowledged && settled.complete === settled.made
    }
  })
export type Level = Effect.Effect.Success<ReturnType<typeof measure>>

/** What the rule makes of a recording: the load of all processes, and how many there shall be. */
import * as ScalingRules from "@saucier/assembly/ScalingRules"
import * as Autoscaling from "@saucier/runtime/Autoscaling"
import * as AutoscalingLoads from "@saucier/runtime/AutoscalingLoads"
import type { Moment, Recording } from "./Recording.ts"

export interface Point {
  readonly at: number
  /** Calls at the provider, of all processes together. */
  readonly calls: number
  readonly running: number
  readonly wanted: number
}

const window = 15_000

const toldOf = (at: number) => ({ cpuSeconds, pid, providerCalls, ready }: Moment["processes"][number]) => ({
  at,
  pid,
  cpuSeconds: ready ? cpuSeconds : null,
  providerCalls: ready ? providerCalls : null
})

/** One decision a moment. */
export const replay = ({ moments }: Recording): ReadonlyArray<Point> => {
  let heard: ReadonlyMap<number, ReadonlyArray<AutoscalingLoads.Told>> = new Map()
  let history = Autoscaling.none
  return moments.map(({ at, processes }) => {
    // Who is joined by others carries less than it did.
    const past = heard.size === processes.length
      ? heard
      : new Map<number, ReadonlyArray<AutoscalingLoads.Told>>()
    heard = new Map(processes.map((process) => [
      process.index,
      AutoscalingLoads.add(past.get(process.index) ?? [], toldOf(at)(process), window)
    ]))
    const loads = Array.from(heard.values(), AutoscalingLoads.load)
    const decision = Autoscaling.decide(ScalingRules.rules.payment, history, { at, loads })
    history = decision.history
    return {
      at,
      calls: processes.reduce((sum, { providerCalls }) => sum + (providerCalls ?? 0), 0),
      running: processes.filter(({ ready }) => ready).length,
      wanted: decision.wanted
    }
  })
}

/** Counts what this gateway answers to those who order. */
import { type Answered, RequestMeter } from "@saucier/runtime/RequestMeter"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PulseLatencies from "./PulseLatencies.ts"
import * as PulseSecond from "./PulseSecond.ts"

export class PulseMeter extends Context.Tag("@saucier/assembly/PulseMeter")<PulseMeter, {
  /** Every second after `after` that is over, as far back as any is kept. */
  readonly since: (after: number) => Effect.Effect<ReadonlyArray<PulseSecond.PulseSecond>>
}>() {}

/** A second while it lasts. */
interface Counts {
  orders: number
  refused: number
  failed: number
  readonly latencies: Map<number, number>
}

const count = (counts: Counts, status: number, millis: number) => {
  if (status < 300) counts.orders++
  else if (status < 500) counts.refused++
  else counts.failed++
  const bucket = PulseLatencies.bucketOf(millis)
  counts.latencies.set(bucket, (counts.latencies.get(bucket) ?? 0) + 1)
}

const make = (begun: number) => {
  const seconds = new Map<number, Counts>()
  const secondAt = (at: number): PulseSecond.PulseSecond => {
    const counts = seconds.get(at)
    return counts === undefined ? PulseSecond.empty(at) : { ...counts, at, latencies: [...counts.latencies] }
  }

  return {
    answered: ({ at, method, route, seconds: took, status }: Answered) => {
      if (method !== "POST" || route !== "/orders") return
      const second = PulseSecond.secondOf(at)
      const counts = seconds.get(second) ?? { orders: 0, refused: 0, failed: 0, latencies: new Map() }
      count(counts, status, took * 1000)
      seconds.set(second, counts)
      for (const [oldest] of seconds) {
        if (seconds.size <= PulseSecond.kept) break
        seconds.delete(oldest)
      }
    },
    since: (after: number, now: number) => {
      const current = PulseSecond.secondOf(now)
      const first = PulseSecond.secondOf(Math.max(after + 1000, begun, current - PulseSecond.kept * 1000))
      const found: Array<PulseSecond.PulseSecond> = []
      for (let at = first; at < current; at += 1000) found.push(secondAt(at))
      return found
    }
  }
}

export const layer: Layer.Layer<PulseMeter | RequestMeter> = Layer.effectContext(
  Effect.map(Clock.currentTimeMillis, (begun) => {
    const meter = make(begun)
    return Context.make(PulseMeter, {
      since: (after) => Effect.map(Clock.currentTimeMillis, (now) => meter.since(after, now))
    }).pipe(Context.add(RequestMeter, { answered: meter.answered }))
  })
)

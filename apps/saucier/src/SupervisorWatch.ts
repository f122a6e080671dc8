/** Looks at a process again and again, and tells what changes. Ends when the process hangs. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Probe, Readings } from "./SupervisorPlan.ts"
import { SupervisorTiming } from "./SupervisorTiming.ts"

export interface Watcher {
  /** Nothing is made of its silence while this holds. */
  readonly blind: Effect.Effect<boolean>
  readonly turned: (ready: boolean) => Effect.Effect<void>
  readonly read: (readings: Readings) => Effect.Effect<void>
}

export const untilHung = (probe: Probe, { blind, read, turned }: Watcher) =>
  Effect.gen(function*() {
    const timing = yield* SupervisorTiming
    let lastHeard = yield* Clock.currentTimeMillis
    let heard = false
    let silent = 0
    let wasReady = false
    let readAt = Number.NEGATIVE_INFINITY

    const look = Effect.gen(function*() {
      // Who is ready answers, so that one question is enough.
      const stillReady = wasReady && (yield* probe.ready)
      const live = stillReady ? "alive" : yield* probe.live
      const ready = stillReady || (live === "alive" && !wasReady && (yield* probe.ready))
      if (ready !== wasReady) {
        wasReady = ready
        yield* turned(ready)
      }
      const now = yield* Clock.currentTimeMillis
      if (live === "alive") {
        heard = true
        lastHeard = now
        silent = 0
        if (now - readAt >= Duration.toMillis(timing.read)) {
          readAt = now
          yield* read(yield* probe.readings)
        }
        return false
      }
      if (yield* blind) return false
      // Looks are counted, not seconds: while we ourselves stand still, nobody is to blame.
      if (live === "silent") silent++
      const patience = heard ? timing.grace : timing.firstAnswer
      return (heard && silent >= timing.silentLooks) || now - lastHeard > Duration.toMillis(patience)
    })
    const pause = Effect.suspend(() => Effect.sleep(wasReady ? timing.look : timing.lookForReady))
    yield* Effect.repeat(Effect.zipLeft(look, pause), { until: (hung) => hung })
  })

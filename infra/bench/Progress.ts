/** A bar on standard error for work whose length is known beforehand; without a terminal there is none. */
import { SingleBar } from "cli-progress"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"

const bar = (label: string, seconds: number) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const bar = new SingleBar({
        format: `${label} [{bar}] {value}/{total} s`,
        barsize: 24,
        barCompleteChar: "█",
        barIncompleteChar: "░",
        hideCursor: true,
        clearOnComplete: true,
        gracefulExit: false
      })
      bar.start(Math.ceil(seconds), 0)
      return bar
    }),
    (bar) => Effect.sync(() => bar.stop())
  )

export const during = <A, E, R>(label: string, seconds: number, work: Effect.Effect<A, E, R>) =>
  Effect.scoped(Effect.gen(function*() {
    const shown = yield* bar(label, seconds)
    const start = performance.now()
    const advance = Effect.sync(() =>
      shown.update(Math.min(Math.ceil(seconds), Math.floor((performance.now() - start) / 1000)))
    )
    yield* Effect.forkScoped(Effect.repeat(advance, Schedule.spaced("200 millis")))
    return yield* work
  }))

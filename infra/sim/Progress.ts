/** A bar on standard error for a number of things to do; without a terminal a line now and then. */
import { SingleBar } from "cli-progress"
import * as Effect from "effect/Effect"

/** `work` tells of each thing that is done, with a word on how it stands. */
export const during = <A, E, R>(
  things: string,
  total: number,
  work: (done: (how: string) => void) => Effect.Effect<A, E, R>
) =>
  Effect.acquireUseRelease(
    Effect.sync(() => {
      const bar = new SingleBar({
        format: `[{bar}] {value}/{total} ${things} · {how} · {duration_formatted} · {eta_formatted} left`,
        barsize: 24,
        barCompleteChar: "█",
        barIncompleteChar: "░",
        hideCursor: true,
        gracefulExit: false,
        noTTYOutput: true,
        notTTYSchedule: 15_000,
        etaBuffer: 50
      })
      bar.start(total, 0, { how: "" })
      return bar
    }),
    (bar) => work((how) => bar.increment(1, { how })),
    (bar) => Effect.sync(() => bar.stop())
  )

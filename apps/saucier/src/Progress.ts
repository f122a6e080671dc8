/** A progress bar on standard error, where it does not mix with output; without a terminal there is none. */
import { SingleBar } from "cli-progress"
import * as Effect from "effect/Effect"

export const make = (format: string, total: number, values: Record<string, unknown> = {}) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const bar = new SingleBar({
        format,
        barsize: 24,
        barCompleteChar: "█",
        barIncompleteChar: "░",
        hideCursor: true,
        // Its own handler would take SIGINT away from the runtime.
        gracefulExit: false,
        etaAsynchronousUpdate: false
      })
      bar.start(total, 0, values)
      return bar
    }),
    (bar) => Effect.sync(() => bar.stop())
  )

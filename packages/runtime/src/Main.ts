import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as ExitCode from "./ExitCode.ts"

/** A person's mistake is told in its own words; a bug with all there is. */
const report = (cause: Cause.Cause<unknown>) => {
  if (Cause.isInterruptedOnly(cause)) return Effect.void
  const error = Cause.squash(cause)
  return ExitCode.isExpected(error)
    ? Effect.logError(error.message)
    : Effect.logError("The process failed", cause)
}

/** Runs a process until it ends or is told to stop, and exits with the code of what happened; its last words are logged. */
export const run = (logs: Layer.Layer<never>) => <A, E>(main: Effect.Effect<A, E>): void =>
  NodeRuntime.runMain(Effect.provide(Effect.tapErrorCause(main, report), logs), {
    disableErrorReporting: true,
    disablePrettyLogger: true,
    teardown: (exit, onExit) => onExit(ExitCode.ofExit(exit))
  })

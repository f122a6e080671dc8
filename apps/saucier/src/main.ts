import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as ExitCode from "@saucier/runtime/ExitCode"
import * as TurnScheduler from "@saucier/runtime/TurnScheduler"
import * as Effect from "effect/Effect"
import * as Cli from "./Cli.ts"

/** Whoever reads our output (head, less) may leave before the end. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? ExitCode.ExitCode.ok : ExitCode.ExitCode.failure)
})

NodeRuntime.runMain(Effect.withScheduler(Cli.run(process.argv), TurnScheduler.scheduler), {
  disableErrorReporting: true,
  teardown: (exit, onExit) => onExit(ExitCode.ofExit(exit))
})

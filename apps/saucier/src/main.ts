import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as ExitCode from "@saucier/runtime/ExitCode"
import * as Cli from "./Cli.ts"

/** Whoever reads our output (head, less) may leave before the end. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? ExitCode.ExitCode.ok : ExitCode.ExitCode.failure)
})

NodeRuntime.runMain(Cli.run(process.argv), {
  disableErrorReporting: true,
  teardown: (exit, onExit) => onExit(ExitCode.ofExit(exit))
})

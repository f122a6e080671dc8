/** The benchmarks: never part of the tests, since what they measure is the machine too. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import type { ParseError } from "effect/ParseResult"
import * as BreakerRun from "./BreakerRun.ts"
import type { Failure } from "./Failure.ts"
import * as LevelsRun from "./LevelsRun.ts"
import * as MemoryRun from "./MemoryRun.ts"
import * as Options from "./Options.ts"
import * as ProfileRun from "./ProfileRun.ts"
import * as StartRun from "./StartRun.ts"
import * as TelemetryRun from "./TelemetryRun.ts"

const main = Effect.flatMap(Options.load(process.argv.slice(2)), (options) => {
  switch (options.mode) {
    case "levels":
      return LevelsRun.run(options)
    case "memory":
      return MemoryRun.run(options)
    case "profile":
      return ProfileRun.run(options)
    case "start":
      return StartRun.run
    case "breaker":
      return BreakerRun.run
    case "telemetry":
      return TelemetryRun.run(options)
  }
})

const fiber = Effect.runFork(main)
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => Effect.runFork(Fiber.interrupt(fiber)))
}

/** What a person can act on in one line; the rest as a bug is shown. */
const explain = (cause: Cause.Cause<Failure | ParseError>) =>
  Option.match(Cause.failureOption(cause), {
    onNone: () => Cause.pretty(cause),
    onSome: ({ message }) => message
  })

fiber.addObserver((exit) => {
  if (Exit.isFailure(exit)) process.stderr.write(`${explain(exit.cause)}\n`)
  process.exit(Exit.isSuccess(exit) && exit.value ? 0 : 1)
})

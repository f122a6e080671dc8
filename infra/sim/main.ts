/** Simulated worlds of Saucier, each from one seed. Never part of the tests as a whole: they run a few of the seeds. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as ManyRun from "./ManyRun.ts"
import * as MutantsRun from "./MutantsRun.ts"
import * as OneRun from "./OneRun.ts"
import * as Options from "./Options.ts"

const main = Effect.flatMap(
  Options.load(process.argv.slice(2)),
  (options) => {
    if (options.mutants) return MutantsRun.run(options)
    return options.seed === undefined ? ManyRun.run(options) : OneRun.run(options.seed, options)
  }
)

const fiber = Effect.runFork(main)
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => Effect.runFork(Fiber.interrupt(fiber)))
}

fiber.addObserver((exit) => {
  if (Exit.isFailure(exit)) {
    const why = Option.match(Cause.failureOption(exit.cause), {
      onNone: () => Cause.pretty(exit.cause),
      onSome: ({ message }) => message
    })
    process.stderr.write(`${why}\n`)
  }
  process.exit(Exit.isSuccess(exit) && exit.value ? 0 : 1)
})

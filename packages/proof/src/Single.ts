/** The whole system in one process, as `pnpm start` runs it, on an empty folder. */
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import type { Operation } from "@saucier/simulation/History"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import { because } from "./Broken.ts"
import * as Launch from "./Launch.ts"
import * as Place from "./Place.ts"
import * as Poll from "./Poll.ts"

const up = (data: string, port: number, settings: Launch.Settings) =>
  Effect.gen(function*() {
    const launched = yield* Launch.launch(["start"], {
      SAUCIER_DATA_DIR: data,
      SAUCIER_HTTP_PORT: `${port}`,
      // Every trace, not so many a second.
      OTEL_TRACES_SAMPLER: "parentbased_always_on",
      ...settings
    })
    const early = Effect.flatMap(
      launched.ended,
      (code) => Effect.fail(because(`Saucier ended with ${code}: ${launched.said()}`))
    )
    yield* Effect.raceFirst(
      Poll.until(Ask.ask(`http://127.0.0.1:${port}/readyz`), ({ status }) => status === 200, 50),
      early
    )
    return launched
  })

export const start = (settings: Launch.Settings = {}) =>
  Effect.gen(function*() {
    const [data, port, context] = [
      yield* Place.folder,
      yield* LoopbackPort.free,
      yield* Effect.context<Effect.Effect.Context<ReturnType<typeof up>>>()
    ]
    let running = yield* up(data, port, settings)
    const told: Array<Operation> = []
    return {
      base: `http://127.0.0.1:${port}`,
      data,
      settings,
      /** What clients were told, where a trial has written it down for those that come later. */
      history: (): ReadonlyArray<Operation> => told,
      remember: (operations: ReadonlyArray<Operation>) => void told.push(...operations),
      /** Ends it as an operator does, and starts it again when the work on its files is done. */
      between: <A, E, R>(work: Effect.Effect<A, E, R>) =>
        Effect.gen(function*() {
          running.child.kill("SIGTERM")
          yield* running.ended
          const done = yield* work
          running = yield* Effect.provide(up(data, port, settings), context)
          return done
        }),
      /** `kill -9`; ready again on the same storage when it is done. */
      killAndRestart: Effect.gen(function*() {
        running.child.kill("SIGKILL")
        yield* running.ended
        running = yield* up(data, port, settings)
      }).pipe(Effect.provide(context))
    }
  })
export type Single = Effect.Effect.Success<ReturnType<typeof start>>

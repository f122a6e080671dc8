/** The whole system in one process, as `pnpm start` runs it, on an empty folder. */
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
      yield* Place.port,
      yield* Effect.context<Effect.Effect.Context<ReturnType<typeof up>>>()
    ]
    let running = yield* up(data, port, settings)
    return {
      base: `http://127.0.0.1:${port}`,
      data,
      settings,
      /** `kill -9`; ready again on the same storage when it is done. */
      killAndRestart: Effect.gen(function*() {
        running.child.kill("SIGKILL")
        yield* running.ended
        running = yield* up(data, port, settings)
      }).pipe(Effect.provide(context))
    }
  })
export type Single = Effect.Effect.Success<ReturnType<typeof start>>

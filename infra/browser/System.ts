/** The system in one process, on a port and a folder that outlive it: it can be killed and started again under an open page. */
import * as Ask from "@saucier/proof/Ask"
import * as Launch from "@saucier/proof/Launch"
import * as Place from "@saucier/proof/Place"
import * as Poll from "@saucier/proof/Poll"
import { Program } from "@saucier/proof/Program"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"
import * as World from "../cluster/World.ts"

const seed = { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }

export const start = (settings: Launch.Settings = {}) =>
  Effect.gen(function*() {
    const data = yield* Place.folder
    const port = yield* LoopbackPort.free
    const base = `http://127.0.0.1:${port}`
    const run = Effect.gen(function*() {
      const launched = yield* Launch.launch(["start"], {
        SAUCIER_DATA_DIR: data,
        SAUCIER_HTTP_PORT: String(port),
        SAUCIER_PROVIDER_PRESET: "instant",
        ...settings
      }).pipe(Effect.provideService(Program, World.program))
      const ready = Poll.until(Ask.ask(`${base}/readyz`), ({ status }) => status === 200)
      yield* Effect.raceFirst(
        ready,
        Effect.flatMap(
          launched.ended,
          (code) => Effect.dieMessage(`It ended with ${code}: ${launched.said()}`)
        )
      )
      return launched
    })
    let running = yield* run
    return {
      base,
      /** Places an order as a branch does; gives its id. */
      order: (goods: Partial<typeof seed> = {}) =>
        Effect.map(Ask.ask(`${base}/orders`, { body: { ...seed, ...goods } }), ({ status, text }) => {
          if (status !== 201) throw new Error(`${status} ${text}`)
          return String(JSON.parse(text).id)
        }),
      kill: Effect.suspend(() => {
        running.child.kill("SIGKILL")
        return running.ended
      }),
      startAgain: Effect.map(run, (again) => {
        running = again
      })
    }
  })

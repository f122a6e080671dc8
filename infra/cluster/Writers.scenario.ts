/** Two writers: a runner that slept beyond its lock and wakes among orders that others now have. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Effect from "effect/Effect"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as Books from "./Books.ts"
import * as World from "./World.ts"

const logsOf = ({ data }: World.World, service: string) =>
  Effect.sync(() => {
    const folder = join(data, "logs")
    return readdirSync(folder).filter((name) => name.startsWith(service)).map((name) =>
      readFileSync(join(folder, name), "utf8")
    ).join("")
  })

describe("a runner that slept", () => {
  for (const service of ["order", "payment", "delivery"]) {
    it.scopedLive(`of ${service} writes nothing twice when it wakes, and says that it slept`, () =>
      Effect.gen(function*() {
        const world = yield* World.start({
          counts: { [service]: 2 },
          settings: { SAUCIER_PROVIDER_PRESET: "healthy" }
        })
        const load = yield* Callers.load(world.base, 8, true)
        yield* Effect.sleep("3 seconds")
        const path = { service, index: 1 }
        yield* world.control.pause({ path, payload: { unwatched: true } })
        yield* Effect.sleep("16 seconds")
        yield* world.control.resume({ path })
        yield* World.until(logsOf(world, service), (logs) => logs.includes("This process slept for"))
        yield* Effect.sleep("4 seconds")
        yield* load.stop
        yield* Books.hold(world.base, load.calls)
        assert.isAbove(load.calls.length, 50)
      }))
  }
})

/** The cluster's short trial in every run of the tests; `pnpm test:cluster` is the long one. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Effect from "effect/Effect"
import * as Books from "./Books.ts"
import * as World from "./World.ts"

describe("a cluster of real processes", () => {
  it.scopedLive(
    "loses and doubles nothing while a runner dies and others are replaced, and leaves no process behind",
    () =>
      Effect.gen(function*() {
        const world = yield* World.start({ counts: { order: 2 } })
        const load = yield* Callers.load(world.base, 4, true)
        yield* World.until(Effect.sync(() => load.calls.length), (count) => count > 10)
        yield* world.control.kill({ path: { service: "order", index: 1 } })
        yield* world.control.restart({ path: { service: "payment" } })
        yield* world.control.restart({ path: { service: "gateway" } })
        yield* world.ready("order")
        yield* load.stop
        const verdict = yield* Books.hold(world.base, load.calls)
        assert.strictEqual(verdict.deliveries, verdict.paid)
        assert.deepStrictEqual(yield* world.end, { code: 0, left: [] })
      }),
    { timeout: 300_000 }
  )
})

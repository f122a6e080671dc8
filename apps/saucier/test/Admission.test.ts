import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { seed, world } from "./World.ts"

describe("a server that has enough to do", () => {
  it.scopedLive("answers 429 to who comes beyond, loses nothing, still reads, and takes orders again later", () =>
    Effect.gen(function*() {
      const saucier = yield* world("healthy", { SAUCIER_HTTP_MAX_CONCURRENT: "5" })
      const answers = yield* Effect.replicateEffect(saucier.post("/orders", seed), 20, {
        concurrency: "unbounded"
      })
      const refused = answers.filter(({ status }) => status === 429)
      assert.isAtLeast(refused.length, 1)
      for (const { body, headers } of refused) {
        assert.strictEqual(headers.get("retry-after"), "1")
        assert.deepInclude(body, { code: "too-many-requests", title: "Too much at once" })
      }
      const taken = answers.filter(({ status }) => status === 201)
      assert.strictEqual(taken.length + refused.length, 20)
      const { body } = yield* saucier.get("/counts")
      assert.isAtMost(Number(body["total"]), taken.length)
      assert.strictEqual((yield* saucier.post("/orders", seed)).status, 201)
    }))

  it.scopedLive("goes on reading, however many write", () =>
    Effect.gen(function*() {
      const saucier = yield* world("healthy", { SAUCIER_HTTP_MAX_CONCURRENT: "1" })
      const [placed, ...read] = yield* Effect.all(
        [saucier.post("/orders", seed), saucier.get("/orderDashboards"), saucier.get("/counts")],
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual([placed.status, ...read.map(({ status }) => status)], [201, 200, 200])
    }))
})

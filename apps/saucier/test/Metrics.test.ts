import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as World from "./World.ts"

const sampleOf = (text: string, name: string, ...labels: ReadonlyArray<string>): number => {
  const line = text.split("\n").find((line) =>
    line.startsWith(`${name}{`) && labels.every((label) => line.includes(label))
  )
  return Number(line?.split(" ").at(-1) ?? 0)
}

describe("/metrics", () => {
  it.scopedLive("counts each request by its route, and each commit of events by its store", () =>
    Effect.gen(function*() {
      const { get, post, url } = yield* World.world()
      const scrape = Effect.promise(() => fetch(`${url}/metrics`).then((response) => response.text()))
      const before = yield* scrape
      yield* Effect.replicateEffect(post("/orders", World.seed), 3)
      yield* get("/orders/ord_01h455vb4pex5vsknk084sn02q")
      const after = yield* scrape
      const grown = (name: string, ...labels: ReadonlyArray<string>) =>
        sampleOf(after, name, ...labels) - sampleOf(before, name, ...labels)
      const requests = "http_server_request_duration_seconds_count"
      assert.strictEqual(grown(requests, `method="POST"`, `route="/orders"`, `status="201"`), 3)
      assert.strictEqual(grown(requests, `method="GET"`, `route="/orders/:orderId"`, `status="404"`), 1)
      assert.notMatch(after, /ord_/)
      assert.isAtLeast(grown("saucier_append_batch_size_count", `store="order"`), 3)
      assert.isAtLeast(grown("saucier_append_batch_size_sum", `store="payment"`), 6)
      assert.isAbove(grown("saucier_append_commit_duration_seconds_sum", `store="order"`), 0)
    }))
})

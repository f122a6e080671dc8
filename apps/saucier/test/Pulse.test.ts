import { assert, describe, it } from "@effect/vitest"
import { Pulse } from "@saucier/assembly/PulseHttp"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type Client, seed, until, world } from "./World.ts"

const decode = Schema.decodeUnknownSync(Pulse)
const pulse = (saucier: Client, after = 0) =>
  Effect.map(saucier.get(`/ops/pulse?after=${after}`), ({ body }) => decode(body))
const sumOf = ({ seconds }: Pulse, field: "orders" | "refused") =>
  seconds.reduce((sum, second) => sum + second[field], 0)

describe("GET /ops/pulse", () => {
  it.scopedLive("counts orders and refusals second by second, and goes on where a reader left off", () =>
    Effect.gen(function*() {
      const saucier = yield* world()
      yield* Effect.replicateEffect(saucier.post("/orders", seed), 12)
      yield* saucier.post("/orders", { ...seed, qty: -1 })
      yield* saucier.get("/orderDashboards")
      // A second is told of when it is over: the refusal may be of a later one than the orders.
      const told = yield* until(
        pulse(saucier),
        (told) => sumOf(told, "orders") === 12 && sumOf(told, "refused") > 0
      )
      assert.strictEqual(sumOf(told, "refused"), 1)
      assert.isTrue(told.seconds.every(({ at }, index) => at === (told.seconds[0]?.at ?? 0) + index * 1000))
      const busy = told.seconds.filter(({ orders }) => orders > 0)
      assert.isTrue(busy.every(({ p50, p99 }) => p50 !== null && p99 !== null && p50 <= p99))
      const last = told.seconds.at(-1)?.at ?? 0
      const later = yield* until(pulse(saucier, last), ({ seconds }) => seconds.length > 0)
      assert.strictEqual(later.seconds[0]?.at, last + 1000)
    }))

  it.scopedLive("shows why the breaker opened", () =>
    Effect.gen(function*() {
      const saucier = yield* world("down", { SAUCIER_BREAKER_MINIMUM_CALLS: "5" })
      yield* Effect.replicateEffect(saucier.post("/orders", seed), 8, { concurrency: 8 })
      const { breakers } = yield* until(pulse(saucier), ({ breakers }) => breakers[0]?.state === "Open")
      assert.deepInclude(breakers[0]?.transitions[0], { from: "Closed", to: "Open", reason: "failure-rate" })
    }))
})

import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type Client, seed, until, world } from "./World.ts"

const listed = (saucier: Client, query = "") =>
  Effect.map(saucier.get(`/payments${query}`), ({ body }) => {
    const { items } = body
    return Array.isArray(items) ? items.map(({ orderId, status }) => `${orderId} ${status}`) : []
  })

describe("GET /payments without an order", () => {
  it.scopedLive("lists the refund that is owed until it is given, and only what waits", () =>
    Effect.gen(function*() {
      const saucier = yield* world()
      const { body: kept } = yield* saucier.post("/orders", seed)
      const { body: cancelled } = yield* saucier.post("/orders", seed)
      yield* saucier.behave("down")
      yield* saucier.post(`/orders/${cancelled["id"]}/cancel`, { reason: "late" })
      const owed = `${cancelled["id"]} RefundRequested`
      assert.deepStrictEqual(
        yield* until(
          listed(saucier),
          (items) => items.length === 1 && items[0] === owed
        ),
        [owed]
      )
      assert.deepStrictEqual(yield* listed(saucier, "?status=RefundRequested"), [owed])
      assert.deepStrictEqual(yield* listed(saucier, "?status=Unknown"), [])
      yield* saucier.behave("instant")
      yield* until(listed(saucier), (items) => items.length === 0)
      assert.deepStrictEqual(yield* listed(saucier, `?orderId=${kept["id"]}`), [`${kept["id"]} Captured`])
    }))

  it.scopedLive("lists the payment that failed until the provider has told that it took nothing, and lets the clerk ask", () =>
    Effect.gen(function*() {
      const saucier = yield* world()
      yield* saucier.behave("down")
      assert.strictEqual((yield* saucier.post("/orders", seed)).status, 503)
      const [failed] = yield* until(listed(saucier, "?status=Failed"), (items) => items.length === 1)
      const orderId = failed?.slice(0, failed.indexOf(" "))
      yield* saucier.behave("instant")
      const { body, status } = yield* saucier.post(
        `/payments/pay_${orderId?.slice("ord_".length)}/inquire`,
        {}
      )
      assert.strictEqual(status, 200)
      assert.deepInclude(body, { status: "Failed" })
      assert.include(JSON.stringify(body["attempts"]), `"kind":"void","outcome":"Voided"`)
      yield* until(listed(saucier), (items) => items.length === 0)
    }))

  it.scopedLive("names the status that is none", () =>
    Effect.gen(function*() {
      const saucier = yield* world()
      const { body, status } = yield* saucier.get("/payments?status=Lost")
      assert.strictEqual(status, 400)
      assert.include(JSON.stringify(body), "status")
    }))
})

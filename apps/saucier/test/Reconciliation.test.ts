/** `GET /ops/reconciliation` of a running system, whose books were spoilt before it started. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { plant } from "./Planted.ts"
import { type Client, seed, start, temporaryFolder, until, world } from "./World.ts"

const compared = (saucier: Client) =>
  Effect.map(
    until(saucier.get("/ops/reconciliation"), ({ body }) => body["running"] === null),
    ({ body }): Record<string, unknown> => JSON.parse(JSON.stringify(body["last"]))
  )

describe("GET /ops/reconciliation", () => {
  it.scopedLive("agrees with counts and sums when nothing is wrong, as of when it was asked for", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant")
      const order = yield* saucier.post("/orders", seed)
      yield* saucier.post("/orders", seed)
      yield* until(
        saucier.get("/orderDashboards?status=Preparing"),
        ({ body }) => JSON.stringify(body).split("ord_").length > 2
      )
      const asked = yield* saucier.post("/ops/reconciliation", undefined)
      assert.strictEqual(asked.status, 202)
      const last = yield* compared(saucier)
      assert.deepInclude(last, {
        verdict: "agree",
        payments: 2,
        orders: 2,
        deliveries: 2,
        charges: 2,
        totals: [
          { currency: "KRW", due: 20_000, captured: 20_000, refunded: 0, held: 20_000, difference: 0 }
        ],
        overdue: 0,
        counts: [],
        findings: [],
        strangers: { count: 0, lines: [] }
      })
      assert.isAtLeast(
        Date.parse(String(last["startedAt"])),
        Date.parse(String(order.body["registeredAt"]))
      )
    }))

  it.scopedLive("finds each planted difference, with its amounts and what to do about it", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { differs, stranger, twice, uncharged, unrefunded } = yield* plant(folder)
      const saucier = yield* start(folder)
      const last = yield* compared(saucier)
      assert.deepInclude(last, { verdict: "differ", overdue: 5 })
      const found = Array.isArray(last["findings"]) ? last["findings"] : []
      const amounts = (captured: number, refunded = 0) => ({ price: 10_000, captured, refunded })
      const expected = [
        {
          kind: "charged-unasked",
          remedy: "release",
          order: null,
          ...amounts(10_000),
          price: null,
          ...stranger
        },
        { kind: "capture-missing", remedy: "look", order: "Preparing", ...amounts(0), ...uncharged },
        { kind: "charged-twice", remedy: "look", order: "Preparing", ...amounts(20_000), ...twice },
        { kind: "amount-differs", remedy: "look", order: "Preparing", ...amounts(9_000), ...differs },
        { kind: "refund-missing", remedy: "look", order: "Cancelled", ...amounts(10_000), ...unrefunded }
      ]
      for (const { at: _, ...each } of expected) {
        assert.deepInclude(found.find(({ orderId }) => orderId === each.orderId), {
          ...each,
          currency: "KRW",
          settledBy: "clerk"
        })
      }
      assert.strictEqual(found.length, expected.length)

      const released = yield* saucier.post(`/ops/payments/${stranger.paymentId}/release`, undefined)
      assert.strictEqual(released.status, 204)
      yield* saucier.post("/ops/reconciliation", undefined)
      assert.deepInclude(yield* compared(saucier), { verdict: "differ", overdue: 4 })
    }))
})

import { assert, describe, it } from "@effect/vitest"
import { System } from "@saucier/assembly/SystemHttp"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type Client, seed, until, world } from "./World.ts"

const decode = Schema.decodeUnknownSync(System)
const system = (saucier: Client) => Effect.map(saucier.get("/ops/system"), ({ body }) => decode(body))

const named = (items: unknown, field: string, value: string): unknown =>
  Array.isArray(items) ? items.find((item) => item[field] === value) : undefined

describe("GET /ops/system", () => {
  it.scopedLive("shows who has which shard, which actors live there, and how far each feed is", () =>
    Effect.gen(function*() {
      const saucier = yield* world()
      const { body: order } = yield* saucier.post("/orders", seed)
      const told = yield* until(
        system(saucier),
        ({ runners }) => runners.some(({ context, facts }) => context === "order" && facts !== null)
      )
      assert.deepStrictEqual(told.shards.map(({ group }) => group), [
        "order",
        "payment",
        "delivery",
        "dashboard"
      ])
      const order_ = told.runners.find(({ context }) => context === "order")
      const mine = told.shards.find(({ group }) => group === "order")?.shards ?? []
      assert.strictEqual(order_?.shards, mine.length)
      assert.isTrue(mine.every((runner) => runner === order_?.runner))
      const subscriptions = order_?.facts?.subscriptions.map(({ name }) => name) ?? []
      assert.includeMembers(subscriptions, ["order.payment", "delivery.prepare", "dashboard.order"])
      assert.isTrue(order_?.facts?.checks.every(({ ok }) => ok))

      const residents = yield* Effect.forEach(
        mine.keys(),
        (index) => saucier.get(`/ops/system/order/shards/${index + 1}`),
        { concurrency: 8 }
      )
      assert.isTrue(residents.every(({ status }) => status === 200))
      assert.strictEqual(
        residents.flatMap(({ body }) => named(body["items"], "id", String(order["id"])) ?? []).length,
        1
      )
    }))

  it.scopedLive("refuses a shard that is none, by its number", () =>
    Effect.gen(function*() {
      const saucier = yield* world()
      const none = yield* saucier.get("/ops/system/order/shards/9999")
      assert.strictEqual(none.status, 404)
      assert.include(String(none.body["detail"]), "9999")
      assert.strictEqual((yield* saucier.get("/ops/system/order/shards/one")).status, 400)
      assert.strictEqual((yield* saucier.get("/ops/system/kitchen/shards/1")).status, 400)
    }))
})

describe("GET /ops/settings", () => {
  it.scopedLive("shows each value, where it came from, and no secret", () =>
    Effect.gen(function*() {
      const secret = "a-secret-of-webhooks-0123456789"
      const saucier = yield* world("instant", {
        SAUCIER_WEBHOOK_SECRETS: secret,
        SAUCIER_BREAKER_WINDOW: "20 seconds"
      })
      const { body } = yield* saucier.get("/ops/settings")
      assert.notInclude(JSON.stringify(body), secret)
      assert.deepInclude(named(body["items"], "key", "SAUCIER_WEBHOOK_SECRETS"), {
        value: "***",
        source: "environment"
      })
      assert.deepInclude(named(body["items"], "key", "SAUCIER_BREAKER_WINDOW"), {
        value: "20 seconds",
        source: "environment"
      })
      assert.deepInclude(named(body["items"], "key", "SAUCIER_BREAKER_OPEN_WAIT"), { source: "default" })
    }))
})

describe("GET /openapi.json", () => {
  it.scopedLive("refers to nothing that is not in it", () =>
    Effect.gen(function*() {
      const { body } = yield* (yield* world()).get("/openapi.json")
      const named = JSON.stringify(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g)
      const missing = new Set(Array.from(named, ([, name = ""]) => name))
      assert.isAbove(missing.size, 10)
      for (const name of Object.keys(Object(body["components"]).schemas)) missing.delete(name)
      assert.deepStrictEqual(Array.from(missing), [])
      const limits = Array.from(
        JSON.stringify(body["paths"]).matchAll(/"name":"limit","in":"query","schema":({.*?})/g)
      )
      assert.deepInclude(JSON.parse(limits.at(-1)?.[1] ?? ""), { type: "integer", minimum: 1 })
      for (const [, schema = ""] of limits) assert.include(schema, `"type":"integer"`)
    }))

  it.scopedLive("tells of every number in a path or a query that it is one, and its limits", () =>
    Effect.gen(function*() {
      const { get } = yield* world()
      const paths = Object(Object((yield* get("/openapi.json")).body)["paths"])
      const of = (path: string, name: string) =>
        Object(named(Object(paths[path]).get.parameters, "name", name)).schema
      assert.deepStrictEqual(of("/ops/pulse", "after"), { type: "integer", minimum: 0, default: 0 })
      assert.deepStrictEqual(of("/ops/system/{context}/shards/{shard}", "shard"), {
        type: "integer",
        minimum: 1
      })
      for (const after of ["soon", "", "-1", "0.5"]) {
        const { body, status } = yield* get(`/ops/pulse?after=${after}`)
        assert.deepStrictEqual([status, Object(body)["detail"]], [
          400,
          "after must be a whole number of at least 0"
        ])
      }
    }))
})

/** Who may do what, where keys are set. */
import { assert, describe, it } from "@effect/vitest"
import { Api } from "@saucier/assembly/Api"
import { Access } from "@saucier/kernel/Access"
import { BranchId } from "@saucier/kernel/Goods"
import type { Principal } from "@saucier/kernel/Principal"
import * as AuthKeys from "@saucier/runtime/AuthKeys"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Http from "node:http"
import { type Answer, type Client, seed, suffixOf, until, world } from "./World.ts"

const branch = (name: string, id: string): Principal => ({
  name,
  role: "branch",
  branchId: BranchId.make(id)
})
const principals: Record<string, Principal> = {
  sk_shop1: branch("shop-1", "1"),
  sk_shop2: branch("shop-2", "2"),
  sk_clerk: { name: "clerk-kim", role: "clerk", branchId: null },
  sk_dispatcher: { name: "rider", role: "dispatcher", branchId: null },
  sk_operator: { name: "ada", role: "operator", branchId: null }
}
const entries = Object.entries(principals).map(([key, principal]) =>
  AuthKeys.render(AuthKeys.hashOf(key), principal)
)

const guarded = world("instant", { SAUCIER_AUTH_KEYS: entries.join("\n") })

const by = (key: string) => ({ authorization: `Bearer ${key}` })

const endpoints = Object.values(Api.groups).flatMap((group) => Object.values(group.endpoints))

/** As `fetch` cannot: by a name that is not the address. */
const asked = (url: string, method: string, path: string, host: string) =>
  Effect.async<{ readonly status: number | undefined; readonly text: string }>((resume) => {
    Http.request(`${url}${path}`, { method, headers: { host } }, (response) => {
      let text = ""
      response.setEncoding("utf8").on("data", (chunk) => text += chunk)
      response.on("end", () => resume(Effect.succeed({ status: response.statusCode, text })))
    }).end()
  })

const refusal = ({ body, status }: Answer) => [status, body["code"]]

/** An order of branch 1, delivered as far as its delivery exists. */
const ordered = (client: Client) =>
  Effect.gen(function*() {
    const order = yield* client.post("/orders", seed, by("sk_shop1"))
    assert.strictEqual(order.status, 201)
    const suffix = suffixOf(order)
    const delivery = client.get(`/deliveries/dlv_${suffix}`, by("sk_operator"))
    yield* until(delivery, ({ status }) => status === 200)
    yield* until(
      client.get(`/orderDashboards/ord_${suffix}`, by("sk_operator")),
      ({ body }) => body["state"] === "Preparing"
    )
    return suffix
  })

describe("where keys are set", () => {
  it.scopedLive("nobody is served without one that is known, but for what is public", () =>
    Effect.gen(function*() {
      const client = yield* guarded
      for (const { annotations, method, path } of endpoints) {
        if (Context.get(annotations, Access) === "public") continue
        const target = path.replaceAll(/:\w+/g, "x")
        const unnamed = yield* client.call(method, target)
        assert.deepStrictEqual(refusal(unnamed), [401, "unauthenticated"], `${method} ${path}`)
        assert.match(unnamed.headers.get("www-authenticate") ?? "", /^Bearer/)
        const unknown = yield* client.call(method, target, undefined, by("sk_none"))
        assert.deepStrictEqual(refusal(unknown), [401, "unauthenticated"], `${method} ${path}`)
      }
      assert.strictEqual((yield* client.get("/session")).body["principal"], null)
    }))

  it.scopedLive("each endpoint serves the roles that it names and no other", () =>
    Effect.gen(function*() {
      const client = yield* guarded
      for (const { annotations, method, path } of endpoints) {
        const access = Context.get(annotations, Access)
        if (access === "public") continue
        for (const [key, { role }] of Object.entries(principals)) {
          if (access.includes(role)) continue
          const { body, status } = yield* client.call(
            method,
            path.replaceAll(/:\w+/g, "x"),
            undefined,
            by(key)
          )
          assert.deepStrictEqual([status, body["code"]], [403, "forbidden"], `${role} ${method} ${path}`)
        }
      }
    }))

  it("what operators alone may do, and what is public, is what was decided", () => {
    const named = (wanted: (access: Access["Type"]) => boolean) =>
      endpoints
        .filter(({ annotations }) => wanted(Context.get(annotations, Access)))
        .map(({ method, path }) => `${method} ${path}`)
        .filter((name) => !/ \/(ops|traces)\b/.test(name))
        .toSorted()
    assert.deepStrictEqual(named((access) => access === "public"), [
      "DELETE /session",
      "GET /session",
      "POST /session",
      "POST /webhooks/payments"
    ])
    assert.deepStrictEqual(named((access) => access !== "public" && access.length === 1), [])
  })

  it.scopedLive("a branch neither sees nor touches what is another's", () =>
    Effect.gen(function*() {
      const client = yield* guarded
      const suffix = yield* ordered(client)
      const targets = [
        ["GET", `/orders/ord_${suffix}`, "order-not-found"],
        ["GET", `/orders/ord_${suffix}/story`, "order-not-found"],
        ["POST", `/orders/ord_${suffix}/cancel`, "order-not-found"],
        ["GET", `/payments/pay_${suffix}`, "payment-not-found"],
        ["GET", `/deliveries/dlv_${suffix}`, "delivery-not-found"],
        ["GET", `/orderDashboards/ord_${suffix}`, "dashboard-row-not-found"]
      ] as const
      for (const [method, path, code] of targets) {
        const body = method === "POST" ? { reason: "none of mine" } : undefined
        const foreign = yield* client.call(method, path, body, by("sk_shop2"))
        assert.deepStrictEqual(refusal(foreign), [404, code], path)
        if (method === "GET") {
          assert.strictEqual((yield* client.get(path, by("sk_shop1"))).status, 200, path)
        }
      }
      const lists = [
        `/payments?orderId=ord_${suffix}`,
        "/deliveries",
        "/deliveries?branchId=1",
        "/orderDashboards",
        "/orderDashboards?branchId=1"
      ]
      for (const path of lists) {
        assert.deepStrictEqual((yield* client.get(path, by("sk_shop2"))).body["items"], [], path)
        assert.lengthOf(Object(yield* client.get(path, by("sk_shop1"))).body.items, 1, path)
      }
      assert.strictEqual((yield* client.get("/counts", by("sk_shop2"))).body["total"], 0)
      const counts = (yield* client.get("/counts", by("sk_shop1"))).body
      assert.deepInclude(counts, { Preparing: 1, total: 1 })
      assert.strictEqual(
        (yield* client.get(`/orders/ord_${suffix}`, by("sk_shop1"))).body["status"],
        "Preparing"
      )
    }))

  it.scopedLive("a branch orders for itself, and its keys mean nothing to another", () =>
    Effect.gen(function*() {
      const client = yield* guarded
      const foreign = yield* client.post("/orders", seed, by("sk_shop2"))
      assert.deepStrictEqual(refusal(foreign), [403, "not-your-branch"])
      const key = { "idempotency-key": "monday" }
      const first = yield* client.post("/orders", seed, { ...by("sk_shop1"), ...key })
      const second = yield* client.post("/orders", { ...seed, branchId: "2" }, { ...by("sk_shop2"), ...key })
      const again = yield* client.post("/orders", seed, { ...by("sk_shop1"), ...key })
      assert.deepStrictEqual([first.status, second.status, again.status], [201, 201, 201])
      assert.notStrictEqual(second.body["id"], first.body["id"])
      assert.strictEqual(again.body["id"], first.body["id"])
    }))

  it.scopedLive("events name who asked", () =>
    Effect.gen(function*() {
      const client = yield* guarded
      const suffix = yield* ordered(client)
      yield* client.call("PATCH", `/deliveries/dlv_${suffix}`, { status: "Dispatched" }, by("sk_dispatcher"))
      const { body } = yield* client.get(`/orders/ord_${suffix}/story`, by("sk_clerk"))
      const actors = Object(body["steps"]).map((step: { readonly actor: string }) => step.actor)
      assert.include(actors, "shop-1")
      assert.include(actors, "rider")
    }))

  it.scopedLive("the stream of changes shows a branch its own alone", () =>
    Effect.gen(function*() {
      const client = yield* guarded
      const own = "2"
      const response = yield* Effect.promise((signal) =>
        fetch(`${client.url}/feed`, { signal, headers: { ...by("sk_shop2"), "last-event-id": "0" } })
      )
      yield* ordered(client)
      yield* client.post("/orders", { ...seed, branchId: own }, by("sk_shop2"))
      const reader = response.body?.getReader()
      assert(reader !== undefined)
      yield* Effect.addFinalizer(() => Effect.promise(() => reader.cancel()))
      let text = ""
      while (!text.includes(`"branchId":"${own}"`)) {
        const { value } = yield* Effect.promise(() => reader.read())
        text += new TextDecoder().decode(value)
      }
      assert.notInclude(text, "\"branchId\":\"1\"")
    }))

  it.scopedLive("a browser shows its key once and has a session", () =>
    Effect.gen(function*() {
      const client = yield* guarded
      assert.deepStrictEqual(refusal(yield* client.post("/session", { key: "sk_none" })), [
        401,
        "unknown-key"
      ])
      const opened = yield* client.post("/session", { key: "sk_shop1" })
      assert.deepStrictEqual(opened.body["principal"], principals["sk_shop1"])
      const set = opened.headers.get("set-cookie") ?? ""
      assert.match(set, /HttpOnly/i)
      assert.match(set, /SameSite=Strict/i)
      const cookie = set.split(";")[0] ?? ""
      assert.strictEqual((yield* client.post("/orders", seed, { cookie })).status, 201)
      assert.deepStrictEqual(
        (yield* client.get("/session", { cookie })).body["principal"],
        principals["sk_shop1"]
      )
      const foreign = yield* client.post("/orders", seed, { cookie, origin: "https://elsewhere.example" })
      assert.deepStrictEqual(refusal(foreign), [403, "forbidden"])
      const own = yield* client.post("/orders", seed, { cookie, origin: client.url })
      assert.strictEqual(own.status, 201)
      const closed = yield* client.call("DELETE", "/session", undefined, { cookie })
      assert.match(closed.headers.get("set-cookie") ?? "", /saucier_key=;.*Max-Age=0/)
    }))
})

describe("where no keys are set", () => {
  it.scopedLive("nobody has to say who they are", () =>
    Effect.gen(function*() {
      const client = yield* world()
      assert.deepStrictEqual((yield* client.get("/session")).body["principal"], {
        name: null,
        role: "operator",
        branchId: null
      })
      assert.strictEqual((yield* client.post("/orders", seed)).status, 201)
    }))

  const evil = { origin: "https://evil.example" }

  it.scopedLive("a page of another site changes nothing, not even where no body is needed", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const rebuild = (headers: Record<string, string>) =>
        client.call("POST", "/ops/dashboard/rebuild", undefined, headers)
      const crossSite = { "sec-fetch-site": "cross-site" }
      for (const headers of [evil, { origin: "null" }, crossSite, { "sec-fetch-site": "same-site" }]) {
        assert.deepStrictEqual(refusal(yield* rebuild(headers)), [403, "forbidden"], Object.keys(headers)[0])
      }
      assert.deepStrictEqual(refusal(yield* client.post("/orders", seed, evil)), [403, "forbidden"])
      assert.strictEqual((yield* client.get("/counts")).body["total"], 0)
      // Behind a proxy that renames us the browser still knows its own page.
      const ours = { origin: "https://orders.example", "sec-fetch-site": "same-origin" }
      assert.strictEqual((yield* client.post("/orders", seed, ours)).status, 201)
      assert.strictEqual((yield* rebuild({ origin: client.url })).status, 202)
    }))

  it.scopedLive("a name that is led to this machine reads and changes nothing", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const { port } = new URL(client.url)
      for (
        const name of ["evil.example", "127.0.0.1.evil.example", "127.evil.example", "localhost.evil.example"]
      ) {
        const read = yield* asked(client.url, "GET", "/orderDashboards", `${name}:${port}`)
        assert.strictEqual(read.status, 403, name)
        assert.include(read.text, name)
        assert.include(read.text, "SAUCIER_AUTH_KEYS")
        assert.strictEqual(
          (yield* asked(client.url, "POST", "/ops/dashboard/rebuild", name)).status,
          403,
          name
        )
      }
      for (const name of ["127.0.0.1", "127.0.0.2", "localhost", "saucier.localhost", "[::1]"]) {
        const read = yield* asked(client.url, "GET", "/orderDashboards", `${name}:${port}`)
        assert.strictEqual(read.status, 200, name)
      }
    }))

  it.scopedLive("any name will do where something in front sees to who asks", () =>
    Effect.gen(function*() {
      const client = yield* world("instant", { SAUCIER_AUTH_ANONYMOUS: "everywhere" })
      assert.strictEqual((yield* asked(client.url, "GET", "/orderDashboards", "orders.example")).status, 200)
    }))
})

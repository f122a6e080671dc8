/** What anybody may send to the door of the provider's webhooks, and what comes of it. */
import { assert, describe, it } from "@effect/vitest"
import { sign, type Signed } from "@saucier/payment/WebhookSignature"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Redacted from "effect/Redacted"
import { type Answer, type Client, seed, suffixOf, until, world } from "./World.ts"

const [old, current, foreign] = ["a-secret-of-yesterday", "a-secret-of-today", "somebody-elses-secret"]
const settings = { SAUCIER_WEBHOOK_SECRETS: `${old},${current}` }

const seconds = (offset = 0) => `${Math.floor((performance.timeOrigin + performance.now()) / 1000) + offset}`

const captured = (key: string, amount = 10_000) =>
  JSON.stringify({ id: "evt_1", type: "charge.captured", key, amount: { amount, currency: "KRW" }, at: 0 })

const send = (saucier: Client, { body, id, timestamp }: Signed, signature: string) =>
  saucier.call("POST", "/webhooks/payments", body, {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signature
  })

const signed = (saucier: Client, body: string, id: string, secret: string = current, timestamp = seconds()) =>
  send(saucier, { body, id, timestamp }, sign(Redacted.make(secret), { body, id, timestamp }))

const paymentOf = (order: Answer) => `pay_${suffixOf(order)}`
const payment = (saucier: Client, id: string) => saucier.get(`/payments/${id}`)

const looked = (saucier: Client, query = "?attention=true") =>
  Effect.map(saucier.get(`/payments${query}`), ({ body }) => {
    const { items } = body
    return Array.isArray(items) ? items.map(({ id }) => id) : []
  })

describe("a webhook", () => {
  it.scopedLive(
    "is a hint: what it tells of is asked of the provider, however often it comes",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("hang", { ...settings, SAUCIER_PROVIDER_TIMEOUT: "300 millis" })
        const order = yield* saucier.post("/orders", seed)
        assert.strictEqual(order.status, 202)
        yield* saucier.behave("instant")
        const id = paymentOf(order)
        const copies = yield* Effect.replicateEffect(signed(saucier, captured(id), "evt_1"), 50, {
          concurrency: "unbounded"
        })
        assert.deepStrictEqual(new Set(copies.map(({ status }) => status)), new Set([204]))
        const { body } = yield* payment(saucier, id)
        assert.deepInclude(body, { status: "Captured", attention: null })
        yield* until(saucier.get(`/orders/${order.body["id"]}`), (_) => _.body["status"] === "Preparing")
      }),
    30_000
  )

  it.scopedLive("is believed with either secret, and refused unsigned, forged, changed or old", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant", settings)
      const order = yield* saucier.post("/orders", seed)
      const body = captured(paymentOf(order))
      const good = { body, id: "evt_2", timestamp: seconds() }
      const signature = sign(Redacted.make(current), good)

      assert.strictEqual((yield* signed(saucier, body, "evt_old", old)).status, 204)
      const both = `${sign(Redacted.make(foreign), good)} ${signature}`
      assert.strictEqual((yield* send(saucier, good, both)).status, 204)

      const refused: ReadonlyArray<readonly [string, Effect.Effect<Answer>]> = [
        ["another's secret", signed(saucier, body, "evt_3", foreign)],
        ["another body", send(saucier, { ...good, body: `${body} ` }, signature)],
        ["another id", send(saucier, { ...good, id: "evt_9" }, signature)],
        ["another time", send(saucier, { ...good, timestamp: seconds(1) }, signature)],
        ["no signature", send(saucier, good, "v1,")],
        ["ten minutes old", signed(saucier, body, "evt_4", current, seconds(-600))],
        ["from the future", signed(saucier, body, "evt_5", current, seconds(600))],
        ["no time", signed(saucier, body, "evt_6", current, "yesterday")]
      ]
      for (const [what, ask] of refused) {
        const answer = yield* ask
        assert.strictEqual(answer.status, 401, what)
        assert.strictEqual(answer.body["code"], "webhook-unverified", what)
      }
      const bare = yield* saucier.post("/webhooks/payments", {})
      assert.strictEqual(bare.status, 400)
      assert.include(JSON.stringify(bare.body["errors"]), "webhook-signature")
    }))

  it.scopedLive("is taken by nobody where no secret is set", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant")
      assert.strictEqual((yield* signed(saucier, captured("pay_x"), "evt_1")).status, 401)
    }))

  it.scopedLive("that contradicts a settled payment puts it on the clerk's list until somebody has looked", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant", settings)
      const id = paymentOf(yield* saucier.post("/orders", seed))
      yield* signed(saucier, captured(id, 9_000), "evt_1")
      yield* until(looked(saucier), (ids) => ids.length === 1 && ids[0] === id)
      assert.deepStrictEqual(yield* looked(saucier, ""), [id])
      assert.deepStrictEqual(yield* looked(saucier, "?status=Captured&attention=true"), [id])
      assert.deepStrictEqual(yield* looked(saucier, "?attention=false"), [])
      yield* saucier.post(`/payments/${id}/acknowledge`, { note: "the bank mistyped" })
      yield* until(looked(saucier, ""), (ids) => ids.length === 0)
    }))

  it.scopedLive("of another amount changes no state, and asks for attention until somebody has looked", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant", settings)
      const order = yield* saucier.post("/orders", seed)
      const id = paymentOf(order)
      const before = yield* payment(saucier, id)
      assert.strictEqual((yield* signed(saucier, captured(id, 9_000), "evt_1")).status, 204)
      const after = yield* payment(saucier, id)
      assert.deepStrictEqual(after.body, {
        ...before.body,
        attention: "the provider took 9000 KRW, not 10000 KRW",
        version: Number(before.body["version"]) + 1
      })
      const looked = yield* saucier.post(`/payments/${id}/acknowledge`, { note: "the bank mistyped" })
      assert.strictEqual(looked.status, 200)
      assert.deepInclude(looked.body, { status: "Captured", attention: null })
      assert.strictEqual((yield* signed(saucier, captured(id, 9_000), "evt_1")).status, 204)
      assert.deepInclude((yield* payment(saucier, id)).body, { attention: null })
      assert.strictEqual((yield* signed(saucier, captured(id, 8_000), "evt_2")).status, 204)
      assert.deepInclude((yield* payment(saucier, id)).body, {
        attention: "the provider took 8000 KRW, not 10000 KRW"
      })
    }))

  it.scopedLive(
    "with anything inside never changes a payment, and never breaks the server",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("instant", settings)
        const order = yield* saucier.post("/orders", seed)
        const id = paymentOf(order)
        const before = yield* payment(saucier, id)
        const value = FastCheck.oneof(
          FastCheck.json(),
          FastCheck.string({ unit: "binary" }),
          FastCheck.record({
            id: FastCheck.oneof(FastCheck.constant("evt_1"), FastCheck.string()),
            type: FastCheck.constantFrom("charge.declined", "charge.voided", "charge.refunded", "nonsense"),
            key: FastCheck.constantFrom(id, "pay_01h455vb4pex5vsknk084sn02q", "ord_1", ""),
            amount: FastCheck.anything(),
            at: FastCheck.oneof(FastCheck.integer(), FastCheck.string())
          }, { requiredKeys: [] }).map((event) => JSON.stringify(event) ?? "")
        )
        const bodies = FastCheck.sample(value, 300)
        for (const [index, body] of bodies.entries()) {
          const { status } = yield* signed(saucier, body, `evt_fuzz_${index}`)
          assert.include([204, 400, 401], status, body)
        }
        assert.deepStrictEqual((yield* payment(saucier, id)).body, before.body)
        const large = yield* signed(saucier, " ".repeat(70_000), "evt_large")
        assert.strictEqual(large.status, 413)
      }),
    60_000
  )
})

/** Random lives of orders, through a provider that changes its mind and a process that restarts: all books agree at the end. */
import { assert, describe, it } from "@effect/vitest"
import type { Preset } from "@saucier/payment/ProviderPresets"
import { sign } from "@saucier/payment/WebhookSignature"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Redacted from "effect/Redacted"
import * as CliProcess from "./CliProcess.ts"
import { type Answer, type Client, seed, start, temporaryFolder, until } from "./World.ts"

type Step = "cancel" | "dispatch" | "deliver" | "fail" | "return" | "wait" | "hint" | "lie"

const secret = "a-secret-that-both-sides-know"
const settings = { SAUCIER_PROVIDER_TIMEOUT: "800 millis", SAUCIER_WEBHOOK_SECRETS: secret }

const lives = FastCheck.array(
  FastCheck.array(
    FastCheck.constantFrom<Step>("cancel", "dispatch", "deliver", "fail", "return", "wait", "hint", "lie"),
    {
      maxLength: 5
    }
  ),
  { minLength: 4, maxLength: 8 }
)
const presets = FastCheck.array(
  FastCheck.constantFrom<Preset>(
    "instant",
    "instant",
    "healthy",
    "decline",
    "down",
    "lost-reply",
    "hang",
    "duplicate-webhook"
  ),
  { minLength: 2, maxLength: 4 }
)

/** A signed webhook, which may be true or not. */
const hint = (client: Client, id: string, type: string, amount: number) =>
  Effect.suspend(() => {
    const key = `pay_${id.slice("ord_".length)}`
    const event = { id: `evt_${type}_${key}`, type, key, amount: { amount, currency: "KRW" }, at: 0 }
    const body = JSON.stringify(event)
    const timestamp = `${Math.floor((performance.timeOrigin + performance.now()) / 1000)}`
    return client.call("POST", "/webhooks/payments", body, {
      "webhook-id": event.id,
      "webhook-timestamp": timestamp,
      "webhook-signature": sign(Redacted.make(secret), { id: event.id, timestamp, body })
    })
  })

const take = (client: Client, id: string, step: Step): Effect.Effect<unknown> => {
  const delivery = `/deliveries/dlv_${id.slice("ord_".length)}`
  switch (step) {
    case "cancel":
      return client.post(`/orders/${id}/cancel`, { reason: "changed my mind" })
    case "dispatch":
      return client.patch(delivery, { status: "Dispatched" })
    case "deliver":
      return client.patch(delivery, { status: "Delivered" })
    case "fail":
      return client.patch(delivery, { status: "Failed" })
    case "return":
      return client.patch(delivery, { status: "Returned" })
    case "wait":
      return Effect.sleep("20 millis")
    case "hint":
      return hint(client, id, "charge.captured", seed.price)
    case "lie":
      return hint(client, id, "charge.refunded", 1)
  }
}

/** Places one order per life under its key, whatever the answer, and lives it. */
const live = (client: Client, key: string, life: ReadonlyArray<Step>) =>
  Effect.gen(function*() {
    const { body } = yield* client.post("/orders", seed, { "idempotency-key": key })
    if (typeof body["id"] !== "string") return
    const id = body["id"]
    yield* Effect.forEach(life, (step) => take(client, id, step), { discard: true })
  })

const text = (answer: Answer, field: string) => String(answer.body[field] ?? "none")

/** Which payment and which delivery each end of an order allows. */
const allowed: Readonly<
  Record<string, { readonly payment: ReadonlyArray<string>; readonly delivery: ReadonlyArray<string> }>
> = {
  Preparing: { payment: ["Captured"], delivery: ["Preparing"] },
  Dispatched: { payment: ["Captured"], delivery: ["Dispatched", "Failed"] },
  Delivered: { payment: ["Captured"], delivery: ["Delivered"] },
  Cancelled: {
    payment: ["Refunded", "Voided", "Declined", "Failed"],
    delivery: ["Cancelled", "Returned", "none"]
  },
  Rejected: { payment: ["Declined", "Failed"], delivery: ["none"] }
}

const check = (client: Client, id: string) =>
  Effect.gen(function*() {
    const suffix = id.slice("ord_".length)
    const parcel = yield* client.get(`/deliveries/dlv_${suffix}`)
    const ends = text(parcel, "status") === "Returned" ? ["Cancelled"] : Object.keys(allowed)
    const order = yield* until(
      client.get(`/orders/${id}`),
      (answer) => ends.includes(text(answer, "status"))
    )
    const rule = allowed[text(order, "status")]
    if (rule === undefined) return
    const payment = yield* until(
      client.get(`/payments/pay_${suffix}`),
      (answer) => rule.payment.includes(text(answer, "status"))
    )
    const delivery = yield* until(client.get(`/deliveries/dlv_${suffix}`), (answer) =>
      answer.status === 404 || rule.delivery.includes(text(answer, "status")))
    if (delivery.status === 404) {
      assert.include(rule.delivery, "none", `${id} is ${text(order, "status")} undelivered`)
    }
    const row = yield* until(client.get(`/orderDashboards/${id}`), (answer) =>
      text(answer, "orderStatus") === text(order, "status") &&
      text(answer, "paymentStatus") === text(payment, "status"))
    assert.strictEqual(row.body["price"], seed.price)
  })

const idsOf = (client: Client) =>
  Effect.map(client.get("/orderDashboards?limit=200"), ({ body }) => {
    const items: ReadonlyArray<{ readonly orderId: string }> = JSON.parse(JSON.stringify(body["items"]))
    return items.map(({ orderId }) => orderId)
  })

describe("the books of orders, payments, deliveries and the dashboard", () => {
  it.live.prop(
    "agree after random lives, changes of the provider and restarts",
    [lives, presets],
    ([lives, presets]) =>
      Effect.scoped(Effect.gen(function*() {
        const folder = yield* temporaryFolder
        for (const [epoch, preset] of presets.entries()) {
          yield* Effect.scoped(Effect.gen(function*() {
            const client = yield* start(folder, preset, settings)
            yield* Effect.forEach(lives, (life, n) => live(client, `${epoch % 2}-${n}`, life), {
              concurrency: "unbounded",
              discard: true
            })
          }))
        }
        const client = yield* start(folder, "instant", settings)
        const { body } = yield* client.get("/counts")
        assert.isAtLeast(Number(body["total"]), lives.length)
        yield* Effect.forEach(yield* idsOf(client), (id) => check(client, id), {
          concurrency: 8,
          discard: true
        })
        const { text } = yield* CliProcess.run(["reconcile", "--url", client.url, "--json"])
        assert.deepInclude(JSON.parse(text), { disagreements: [], strangers: [] })
      })),
    { fastCheck: { numRuns: 2 } }
  )
})

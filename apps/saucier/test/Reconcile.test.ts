/** `saucier reconcile` against a running system and the ledger of its provider. */
import { assert, describe, it } from "@effect/vitest"
import { StreamId } from "@saucier/eventsourcing/Event"
import { PaymentCaptured, PaymentFailed, PaymentRequested } from "@saucier/payment/Payment"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { ChargeCaptured, ledgerCodec, streamOf } from "@saucier/provider/Ledger"
import * as Effect from "effect/Effect"
import * as CliProcess from "./CliProcess.ts"
import { amount, goods, longAgo, record } from "./Planted.ts"
import { seed, start, temporaryFolder, until, world } from "./World.ts"

const reconcile = (url: string, ...more: ReadonlyArray<string>) =>
  CliProcess.run(["reconcile", "--url", url, ...more])

/** The provider's ledger does not have it. */
const capturedLongAgo = (folder: string) =>
  Effect.flatMap(
    longAgo,
    (about) =>
      record(folder, "payment", about, StreamId.make(`payment-${about.paymentId}`), [
        paymentCodec.encode(PaymentRequested.make({ ...about, amount, goods })),
        paymentCodec.encode(
          PaymentCaptured.make({ ...about, amount, goods, reference: "cap_1", wanted: false })
        )
      ])
  )

/** The provider has taken the money. */
const failedLongAgo = (folder: string) =>
  Effect.flatMap(longAgo, (about) =>
    Effect.zipRight(
      record(folder, "payment", about, StreamId.make(`payment-${about.paymentId}`), [
        paymentCodec.encode(PaymentRequested.make({ ...about, amount, goods })),
        paymentCodec.encode(PaymentFailed.make({ ...about, detail: "refused" }))
      ]),
      record(folder, "provider", about, streamOf(about.paymentId), [
        ledgerCodec.encode(ChargeCaptured.make({ at: about.at, orderId: about.orderId, amount }))
      ])
    ))

describe("saucier reconcile", () => {
  it.scopedLive(
    "agrees to the last coin when some orders were paid, declined, turned away and cancelled",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("instant")
        yield* Effect.replicateEffect(saucier.post("/orders", seed), 5)
        yield* saucier.behave("decline")
        assert.strictEqual((yield* saucier.post("/orders", seed)).status, 402)
        yield* saucier.behave("down")
        assert.strictEqual((yield* saucier.post("/orders", seed)).status, 503)
        yield* saucier.behave("instant")
        const { body } = yield* saucier.post("/orders", seed)
        assert.strictEqual(
          (yield* saucier.post(`/orders/${body["id"]}/cancel`, { reason: "no" })).status,
          200
        )
        yield* until(saucier.get("/orderDashboards?status=Cancelled"), (_) =>
          JSON.stringify(_.body).includes("ord_"))

        const { code, text } = yield* reconcile(saucier.url)
        assert.match(text, /KRW[^\n]*50,000[^\n]*60,000[^\n]*10,000[^\n]*50,000[^\n]* 0 /)
        assert.include(text, "8 payments: orders, payments and the provider's ledger agree")
        assert.strictEqual(code, 0)
      }),
    60_000
  )

  it.scopedLive(
    "shows what is on its way, with its age and what will settle it, and settles it when asked",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("hang", { SAUCIER_PROVIDER_TIMEOUT: "300 millis" })
        const order = yield* saucier.post("/orders", seed)
        assert.strictEqual(order.status, 202)
        const { code, text } = yield* reconcile(saucier.url)
        assert.strictEqual(code, 0)
        assert.include(text, "the provider has not told the outcome")
        assert.include(text, "the next inquiry, by itself")
        assert.include(text, "1 disagree, none for longer than a minute")

        yield* saucier.behave("instant")
        const settled = yield* reconcile(saucier.url, "--settle", "--json")
        assert.strictEqual(settled.code, 0)
        assert.deepInclude(JSON.parse(settled.text), {
          sums: { KRW: { due: 10_000, captured: 10_000, refunded: 0, held: 10_000 } },
          disagreements: []
        })
      }),
    60_000
  )

  it.scopedLive(
    "exits 1 when one of them is older than a minute, and names who must settle it",
    () =>
      Effect.gen(function*() {
        const folder = yield* temporaryFolder
        yield* capturedLongAgo(folder)
        const saucier = yield* start(folder)
        const { code, errors, text } = yield* reconcile(saucier.url)
        assert.include(text, "the provider knows no such capture")
        assert.include(text, "a person: see GET /payments/{id}")
        assert.include(errors, "1 disagree for longer than a minute")
        assert.strictEqual(code, 1)
      }),
    60_000
  )

  it.scopedLive(
    "asks about each of them, also when the provider tells nothing of the first",
    () =>
      Effect.gen(function*() {
        const folder = yield* temporaryFolder
        yield* failedLongAgo(folder)
        yield* failedLongAgo(folder)
        const saucier = yield* start(folder, "down")
        const silent = yield* reconcile(saucier.url, "--settle")
        assert.strictEqual(silent.code, 1)
        assert.strictEqual(silent.text.match(/charged, but not recorded here/g)?.length, 2)
        assert.strictEqual(silent.errors.match(/^pay_\w+: /gm)?.length, 2)

        yield* saucier.behave("instant")
        const settled = yield* reconcile(saucier.url, "--settle")
        assert.strictEqual(settled.errors.match(/asked the provider, now Refunded/g)?.length, 2)
        assert.strictEqual(settled.code, 0)
      }),
    60_000
  )

  it.scopedLive("does not give back a charge that an order counts on", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant")
      const paymentId = String((yield* saucier.post("/orders", seed)).body["paymentId"])
      const refused = yield* saucier.post(`/ops/payments/${paymentId}/release`, undefined)
      assert.strictEqual(refused.status, 409)
      assert.strictEqual(refused.body["code"], "charge-wanted")
      assert.strictEqual((yield* saucier.get(`/payments/${paymentId}`)).body["status"], "Captured")
    }))

  it.scopedLive("says in Korean what it says in English", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant")
      const { text } = yield* CliProcess.run(["reconcile", "--url", saucier.url], { LANG: "ko_KR.UTF-8" })
      assert.include(text, "장부가 일치합니다")
    }))
})

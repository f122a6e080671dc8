import { assert, describe, it } from "@effect/vitest"
import { Story } from "@saucier/assembly/Story"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as CliProcess from "./CliProcess.ts"
import * as World from "./World.ts"

const decode = Schema.decodeUnknownSync(Story)

const storyOf = (get: World.Client["get"], orderId: string, language = "en") =>
  Effect.map(get(`/orders/${orderId}/story`, { "accept-language": language }), ({ body }) => decode(body))

const stepsOf = ({ steps }: Story) => steps.map(({ context, type }) => `${context} ${type}`)

describe("the story of an order", () => {
  it.scopedLive("tells who decided what, where and when, from the request to the delivery", () =>
    Effect.gen(function*() {
      const { get, post, url } = yield* World.world()
      const order = yield* post("/orders", World.seed)
      const orderId = String(order.body["id"])
      yield* World.until(get(`/orders/${orderId}`), ({ body }) => body["status"] === "Preparing")
      const story = yield* storyOf(get, orderId)

      const told = stepsOf(story)
      assert.deepStrictEqual(told.slice(0, 3), [
        "order OrderRegistered",
        "payment PaymentRequested",
        "payment PaymentCaptured"
      ])
      assert.sameMembers(told.slice(3), [
        "order OrderPaid",
        "delivery DeliveryPrepared",
        "order OrderPreparing"
      ])
      assert.deepStrictEqual(story.traceIds, [String(order.headers.get("x-request-id"))])
      assert.isEmpty(story.missing)

      const [registered, , captured] = story.steps
      const prepared = story.steps.find(({ type }) => type === "DeliveryPrepared")
      assert(registered !== undefined && captured !== undefined)
      assert.strictEqual(registered.actor, "branch:1")
      assert.strictEqual(registered.text, "Branch 1 ordered 10 of sauce 1 for 10,000 KRW")
      assert.strictEqual(prepared?.policy, "delivery.prepare")
      assert.isTrue(story.steps.every(({ runner }) => runner?.startsWith("saucier@")))
      assert.strictEqual(captured.attempt?.outcome, "captured")
      assert.strictEqual(captured.attempt?.breaker, "admitted")
      assert.isAtLeast(captured.attempt?.took ?? -1, 0)

      const korean = yield* storyOf(get, orderId, "ko")
      assert.strictEqual(korean.steps[0]?.text, "지점 1에서 소스 1 10개를 10,000 KRW에 주문했습니다")

      const shown = yield* CliProcess.run(["story", "--url", url, orderId])
      assert.strictEqual(shown.code, 0)
      assert.include(shown.text, "Branch 1 ordered 10 of sauce 1 for 10,000 KRW")
      assert.include(shown.text, "by the policy delivery.prepare")
      const inKorean = yield* CliProcess.run(["story", "--url", url, orderId], { LC_ALL: "ko_KR.UTF-8" })
      assert.include(inKorean.text, "브레이커 통과")
    }))

  it.scopedLive("says whether the provider or the breaker before it refused", () =>
    Effect.gen(function*() {
      const { get, post } = yield* World.world("down", { SAUCIER_BREAKER_MINIMUM_CALLS: "1" })
      const refused = Effect.gen(function*() {
        const answer = yield* post("/orders", World.seed)
        const rejection = Schema.decodeUnknownSync(Schema.Struct({ orderId: Schema.String }))(
          answer.body["rejection"]
        )
        const { steps } = yield* storyOf(get, rejection.orderId)
        return steps.find(({ type }) => type === "PaymentFailed")?.attempt
      })
      yield* refused
      const attempt = yield* refused
      assert.strictEqual(attempt?.outcome, "refused")
      assert.strictEqual(attempt?.breaker, "refused")
      // Nobody was asked, so there is no exchange that could have taken time.
      assert.strictEqual(attempt?.took, null)
    }))

  it.scopedLive("of an order that nobody placed is not found", () =>
    Effect.gen(function*() {
      const { get, url } = yield* World.world()
      const missing = yield* get("/orders/ord_01h455vb4pex5vsknk084sn02q/story")
      assert.strictEqual(missing.status, 404)
      assert.strictEqual(missing.body["code"], "order-not-found")
      const shown = yield* CliProcess.run(["story", "--url", url, "ord_x"])
      assert.strictEqual(shown.code, 1)
      assert.include(shown.errors, "There is no order ord_x")
    }))
})

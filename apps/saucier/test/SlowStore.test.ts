/** A store that takes its time, on a virtual clock. */
import { assert, describe, it } from "@effect/vitest"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { MinorUnits } from "@saucier/kernel/Money"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import { OrderKeyEntity } from "@saucier/order/OrderKeyEntity"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { inVirtualTime } from "../../../packages/eventsourcing/test/SubscriptionWorld.ts"
import { memory, world } from "./MemoryWorld.ts"

const deadline = 4000

/** Key, order and outcome are three appends, one after the other. */
const placed = (appendMillis: number) =>
  Effect.gen(function*() {
    const key = (yield* OrderKeyEntity.client)("key")
    const goods = { branchId: BranchId.make("1"), sauceId: SauceId.make("1"), quantity: Quantity.make(1) }
    const since = yield* Clock.currentTimeMillis
    const answer = yield* Effect.either(
      key.PlaceOrder({
        meta: yield* RequestMeta.make("place:key", "branch:1"),
        goods,
        price: { amount: MinorUnits.make(10_000), currency: "KRW" },
        fingerprint: "",
        deadline: since + deadline
      })
    )
    return { answer, took: (yield* Clock.currentTimeMillis) - since }
  }).pipe(
    Effect.provide(
      world(
        memory("order", (append) => (batch) => Effect.delay(append(batch), appendMillis)),
        memory("payment")
      )
    ),
    inVirtualTime
  )

describe("an order whose store is slow", () => {
  it.effect.each([500, 1000, 1500, 2000])(
    "is told as an order, however late after its deadline: %i ms an append",
    (millis) =>
      Effect.map(placed(millis), ({ answer, took }) => {
        assert(answer._tag === "Right", String(answer))
        assert.isAtLeast(took, 3 * millis)
      })
  )

  it.effect("is given up four seconds after its deadline", () =>
    Effect.map(placed(5000), ({ answer, took }) => {
      assert(answer._tag === "Left")
      assert.deepInclude(answer.left, { _tag: "ServiceUnavailable", service: "order" })
      assert.approximately(took, 5000 + 4000, 1)
    }))
})

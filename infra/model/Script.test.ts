import { assert, describe, it } from "@effect/vitest"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { MinorUnits } from "@saucier/kernel/Money"
import * as Effect from "effect/Effect"
import * as Deciders from "./Deciders.ts"
import { Advance, Place } from "./Model.ts"
import * as Script from "./Script.ts"
import { run } from "./Subject.ts"

const goods = { branchId: BranchId.make("1"), sauceId: SauceId.make("2"), quantity: Quantity.make(3) }

describe("a run that differs from the model", () => {
  it.effect("is printed as calls by curl, the last with what came instead", () =>
    Effect.gen(function*() {
      const liar = Deciders.make()
      const steps = yield* run(
        {
          ask: (command, expected) =>
            Effect.map(
              liar.ask(command, expected),
              (seen) => command._tag === "Advance" ? { ...seen, status: 200 } : seen
            )
        },
        [
          Place.make({ slot: 0, goods, price: MinorUnits.make(500), mood: "instant" }),
          Advance.make({ slot: 0, step: "Delivered" }),
          Advance.make({ slot: 0, step: "Dispatched" })
        ]
      )
      const script = Script.of(steps)
      assert.lengthOf(steps, 2)
      assert.include(script, "-d '{\"branchId\":\"1\",\"sauceId\":\"2\",\"qty\":3,\"price\":500}'")
      assert.match(script, /2\. Advance: expected 409, order Preparing.*\n.*but it was 200/)
      assert.match(script, /curl .*-X PATCH "\$base\/deliveries\/dlv_.*"Delivered"/)
      assert.notInclude(script, "\"Dispatched\"")
    }))
})

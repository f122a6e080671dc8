import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Deciders from "./Deciders.ts"
import { holds } from "./Property.ts"
import { textOf } from "./Subject.ts"

describe("the deciders", () => {
  it.effect("do with every sequence of commands what the model does", () =>
    holds(() => Effect.sync(Deciders.make), { runs: 1000, length: 20 }))

  it.effect("come to every end, so that the sequences are worth something", () =>
    Effect.gen(function*() {
      const steps = yield* holds(() => Effect.sync(Deciders.make), { runs: 1000, length: 20, seed: 1 })
      const seen = new Set(steps.map(({ command, seen }) => `${command._tag} ${textOf(seen)}`))
      assert.includeMembers(Array.from(seen), [
        "Place 201, order Preparing, payment Captured, delivery Preparing",
        "Place 402, order Rejected, payment Declined, delivery -",
        "Place 503, order Rejected, payment Failed, delivery -",
        "Place 422, order Cancelled, payment Refunded, delivery Cancelled",
        "PlaceAgain 201, order Preparing, payment Captured, delivery Preparing",
        "PlaceAgain 201, order Delivered, payment Captured, delivery Delivered",
        "Cancel 200, order Cancelled, payment Refunded, delivery Cancelled",
        "Cancel 409, order Dispatched, payment Captured, delivery Failed",
        "Cancel 404, order -, payment -, delivery -",
        "Advance 200, order Cancelled, payment Refunded, delivery Returned",
        "Advance 409, order Cancelled, payment Refunded, delivery Cancelled"
      ])
    }))
})

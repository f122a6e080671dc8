import { classifyTags } from "@saucier/resilience/Outcome"
import { presets } from "@saucier/resilience/Presets"
import * as Resilience from "@saucier/resilience/Resilience"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"

class Declined extends Data.TaggedError("Declined")<{ readonly reason: string }> {}

/** Your call to the provider. */
const charge = (amount: number): Effect.Effect<string, Declined> =>
  amount > 1000 ? Effect.fail(new Declined({ reason: "limit" })) : Effect.succeed(`charged ${amount}`)

export const program = Effect.gen(function*() {
  const payments = yield* Resilience.make({
    name: "payments",
    config: presets.default,
    // A declined card is an answer: the provider is well.
    classify: classifyTags({ Declined: "success" })
  })

  return yield* payments.protect(charge(500)).pipe(
    Effect.catchTags({
      CallNotPermitted: ({ retryAfter }) => Effect.succeed(`try again in ${retryAfter}`),
      BulkheadFull: () => Effect.succeed("busy"),
      AttemptTimeout: () => Effect.succeed("unknown: inquire"),
      DeadlineExceeded: () => Effect.succeed("unknown: inquire")
    })
  )
}).pipe(Effect.scoped)

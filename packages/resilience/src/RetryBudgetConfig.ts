import * as Schema from "effect/Schema"

/** `ratio`: retries earned by a request. `minimumPerSecond`: free ones. `burst`: how many earned ones may pile up. */
export class RetryBudgetConfig
  extends Schema.Class<RetryBudgetConfig>("@saucier/resilience/RetryBudgetConfig")({
    ratio: Schema.propertySignature(Schema.Number.pipe(Schema.between(0, 1))).pipe(
      Schema.withConstructorDefault(() => 0.2)
    ),
    minimumPerSecond: Schema.propertySignature(Schema.Number.pipe(Schema.between(0, 1000))).pipe(
      Schema.withConstructorDefault(() => 3)
    ),
    burst: Schema.propertySignature(Schema.Int.pipe(Schema.between(0, 10_000))).pipe(
      Schema.withConstructorDefault(() => 10)
    )
  })
{}

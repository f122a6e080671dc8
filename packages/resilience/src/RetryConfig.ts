import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"

/** `maxAttempts` counts the first one. The pause is drawn from [`base`, 3 × the last one], and never exceeds `cap`. */
export class RetryConfig extends Schema.Class<RetryConfig>("@saucier/resilience/RetryConfig")({
  maxAttempts: Schema.propertySignature(Schema.Int.pipe(Schema.between(1, 100))).pipe(
    Schema.withConstructorDefault(() => 3)
  ),
  base: Schema.propertySignature(Schema.DurationFromMillis).pipe(
    Schema.withConstructorDefault(() => Duration.millis(100))
  ),
  cap: Schema.propertySignature(Schema.DurationFromMillis).pipe(
    Schema.withConstructorDefault(() => Duration.seconds(2))
  )
}) {}

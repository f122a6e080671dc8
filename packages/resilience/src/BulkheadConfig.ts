import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"

const whole = (least: number) => Schema.Int.pipe(Schema.between(least, 100_000))

/** How many calls run at once, how many wait for a place in the order they came, and for how long. */
export class BulkheadConfig extends Schema.Class<BulkheadConfig>("@saucier/resilience/BulkheadConfig")({
  maxConcurrent: Schema.propertySignature(whole(1)).pipe(Schema.withConstructorDefault(() => 32)),
  maxWaiting: Schema.propertySignature(whole(0)).pipe(Schema.withConstructorDefault(() => 64)),
  maxWait: Schema.propertySignature(Schema.DurationFromMillis).pipe(
    Schema.withConstructorDefault(() => Duration.millis(100))
  )
}) {}

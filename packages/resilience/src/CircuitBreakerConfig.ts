import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"

const positiveDuration = Schema.DurationFromMillis.pipe(
  Schema.filter((duration) => Duration.toMillis(duration) > 0 || "must be longer than nothing")
)
const ratio = Schema.Number.pipe(Schema.greaterThan(0), Schema.lessThanOrEqualTo(1))
const count = Schema.Int.pipe(Schema.between(1, 100_000))

/** Which past calls the rates are taken from: those of the last `size` of time, in whole buckets, or the last `size` calls. */
export const WindowConfig = Schema.Union(
  Schema.Struct({
    type: Schema.Literal("time"),
    size: positiveDuration,
    buckets: Schema.Int.pipe(Schema.between(1, 1000))
  }),
  Schema.Struct({ type: Schema.Literal("count"), size: count })
)
export type WindowConfig = typeof WindowConfig.Type

const fields = Schema.Struct({
  window: Schema.propertySignature(WindowConfig).pipe(
    Schema.withConstructorDefault((): WindowConfig => ({
      type: "time",
      size: Duration.seconds(10),
      buckets: 10
    }))
  ),
  minimumNumberOfCalls: Schema.propertySignature(count).pipe(Schema.withConstructorDefault(() => 20)),
  failureRateThreshold: Schema.propertySignature(ratio).pipe(Schema.withConstructorDefault(() => 0.5)),
  slowCallDurationThreshold: Schema.propertySignature(positiveDuration).pipe(
    Schema.withConstructorDefault(() => Duration.millis(680))
  ),
  slowCallRateThreshold: Schema.propertySignature(ratio).pipe(Schema.withConstructorDefault(() => 0.5)),
  waitDurationInOpenState: Schema.propertySignature(positiveDuration).pipe(
    Schema.withConstructorDefault(() => Duration.seconds(5))
  ),
  openBackoff: Schema.propertySignature(Schema.Struct({
    factor: Schema.Number.pipe(Schema.between(1, 100)),
    max: positiveDuration,
    jitter: Schema.Number.pipe(Schema.between(0, 1))
  })).pipe(Schema.withConstructorDefault(() => ({ factor: 2, max: Duration.minutes(1), jitter: 0.2 }))),
  permittedNumberOfCallsInHalfOpenState: Schema.propertySignature(
    Schema.Int.pipe(Schema.between(1, 10_000))
  ).pipe(
    Schema.withConstructorDefault(() => 5)
  ),
  maxWaitDurationInHalfOpenState: Schema.propertySignature(positiveDuration).pipe(
    Schema.withConstructorDefault(() => Duration.seconds(10))
  ),
  automaticTransition: Schema.propertySignature(Schema.Boolean).pipe(
    Schema.withConstructorDefault(() => true)
  )
}).pipe(
  Schema.filter(({ minimumNumberOfCalls, openBackoff, waitDurationInOpenState, window }) => {
    if (window.type === "count" && minimumNumberOfCalls > window.size) {
      return { path: ["minimumNumberOfCalls"], message: "is more than the window holds: it would never open" }
    }
    return Duration.lessThanOrEqualTo(waitDurationInOpenState, openBackoff.max) ||
      { path: ["openBackoff", "max"], message: "is shorter than waitDurationInOpenState" }
  })
)

/** Settings of one breaker; `new CircuitBreakerConfig({})` is the default. A bad value is refused by its name. */
export class CircuitBreakerConfig extends Schema.Class<CircuitBreakerConfig>(
  "@saucier/resilience/CircuitBreakerConfig"
)(fields) {}

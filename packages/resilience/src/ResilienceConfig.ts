import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { BulkheadConfig } from "./BulkheadConfig.ts"
import { CircuitBreakerConfig } from "./CircuitBreakerConfig.ts"
import { RetryBudgetConfig } from "./RetryBudgetConfig.ts"
import { RetryConfig } from "./RetryConfig.ts"

/** Settings of the whole pipeline. Keep `attemptTimeout` below `deadline`: a deadline is the caller's, and no evidence. */
export class ResilienceConfig extends Schema.Class<ResilienceConfig>("@saucier/resilience/ResilienceConfig")({
  deadline: Schema.propertySignature(Schema.DurationFromMillis).pipe(
    Schema.withConstructorDefault(() => Duration.seconds(5))
  ),
  attemptTimeout: Schema.propertySignature(Schema.DurationFromMillis).pipe(
    Schema.withConstructorDefault(() => Duration.seconds(3))
  ),
  retry: Schema.propertySignature(RetryConfig).pipe(Schema.withConstructorDefault(() => new RetryConfig({}))),
  budget: Schema.propertySignature(RetryBudgetConfig).pipe(
    Schema.withConstructorDefault(() => new RetryBudgetConfig({}))
  ),
  breaker: Schema.propertySignature(CircuitBreakerConfig).pipe(
    Schema.withConstructorDefault(() => new CircuitBreakerConfig({}))
  ),
  bulkhead: Schema.propertySignature(BulkheadConfig).pipe(
    Schema.withConstructorDefault(() => new BulkheadConfig({}))
  )
}) {}

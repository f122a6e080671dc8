import { BulkheadConfig } from "@saucier/resilience/BulkheadConfig"
import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Duration from "effect/Duration"
import type { SettingsSchema } from "./Settings.ts"

/** Short enough that orders which wait for the provider are settled within a minute of its return. */
const longestOpenWait = Duration.seconds(30)

/** The policies around the calls to the payment provider, as they are set. */
export const make = (settings: typeof SettingsSchema.Type): ResilienceConfig =>
  new ResilienceConfig({
    attemptTimeout: settings.providerTimeout,
    deadline: Duration.times(settings.providerTimeout, 2),
    bulkhead: new BulkheadConfig({
      maxConcurrent: settings.providerConcurrent,
      maxWaiting: settings.providerConcurrent * 4,
      maxWait: Duration.seconds(1)
    }),
    breaker: new CircuitBreakerConfig({
      window: { type: "time", size: settings.breakerWindow, buckets: 10 },
      minimumNumberOfCalls: settings.breakerMinimumCalls,
      failureRateThreshold: settings.breakerFailureRate,
      slowCallDurationThreshold: settings.breakerSlowCall,
      slowCallRateThreshold: settings.breakerSlowRate,
      waitDurationInOpenState: settings.breakerOpenWait,
      openBackoff: { factor: 2, max: longestOpenWait, jitter: 0.2 },
      permittedNumberOfCallsInHalfOpenState: settings.breakerHalfOpenCalls
    })
  })

import * as Duration from "effect/Duration"
import { BulkheadConfig } from "./BulkheadConfig.ts"
import { CircuitBreakerConfig } from "./CircuitBreakerConfig.ts"
import { ResilienceConfig } from "./ResilienceConfig.ts"
import { RetryConfig } from "./RetryConfig.ts"

const hystrixBreaker = new CircuitBreakerConfig({
  window: { type: "time", size: Duration.seconds(10), buckets: 10 },
  minimumNumberOfCalls: 20,
  failureRateThreshold: 0.5,
  slowCallDurationThreshold: Duration.infinity,
  slowCallRateThreshold: 1,
  waitDurationInOpenState: Duration.seconds(5),
  openBackoff: { factor: 1, max: Duration.seconds(5), jitter: 0 },
  permittedNumberOfCallsInHalfOpenState: 1,
  maxWaitDurationInHalfOpenState: Duration.infinity,
  automaticTransition: false
})

const hystrix = (attemptTimeout: Duration.Duration) =>
  new ResilienceConfig({
    deadline: Duration.infinity,
    attemptTimeout,
    retry: new RetryConfig({ maxAttempts: 1 }),
    breaker: hystrixBreaker,
    bulkhead: new BulkheadConfig({ maxConcurrent: 10, maxWaiting: 0, maxWait: Duration.zero })
  })

export const presets = {
  default: new ResilienceConfig({}),
  /** Too few calls for a window of time: judges the last 20 calls, however long ago they were. */
  lowTraffic: new ResilienceConfig({
    breaker: new CircuitBreakerConfig({ window: { type: "count", size: 20 }, minimumNumberOfCalls: 10 })
  }),
  /** The defaults of Hystrix 1.5. */
  hystrix: hystrix(Duration.seconds(1)),
  /** Hystrix as the seed set it: the caller fails after 680 ms. */
  hystrixSeed: hystrix(Duration.millis(680))
} as const

/** HTTP contract of the charts: orders, latencies and the breaker over the last minutes. Times are epoch milliseconds. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as WholeNumber from "@saucier/kernel/WholeNumber"
import { BreakerStatus } from "@saucier/resilience/CircuitBreakerHistory"
import { Quiet } from "@saucier/runtime/Quiet"
import * as Schema from "effect/Schema"
import { PulseSecond } from "./PulseSecond.ts"

const millis = Schema.NullOr(Schema.Number)

/**
 * `orders` were taken within this second, `refused` and `failed` were not; `p50` and `p99` are of all their answers, in
 * milliseconds, at most four per cent too high, and null when there were none.
 */
const Second = Schema.Struct({ ...PulseSecond.omit("latencies").fields, p50: millis, p99: millis })

/** The oldest second first, none left out. There is a breaker for each process that pays. */
export const Pulse = Schema.Struct({
  at: Schema.Number,
  seconds: Schema.Array(Second),
  breakers: Schema.Array(Schema.Struct({ process: Schema.String, ...BreakerStatus.fields }))
}).annotations({ identifier: "Pulse" })
export type Pulse = typeof Pulse.Type

export class PulseHttp extends HttpApiGroup.make("pulse")
  .add(
    HttpApiEndpoint.get("pulse", "/ops/pulse")
      .setUrlParams(Schema.Struct({
        after: Schema.optionalWith(WholeNumber.from(0, { default: 0 }), { default: () => 0 })
      }))
      .addSuccess(Pulse)
      .annotate(Quiet, true)
  )
{}

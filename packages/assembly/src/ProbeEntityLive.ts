import * as Entity from "@effect/cluster/Entity"
import * as Residents from "@saucier/eventsourcing/Residents"
import { ProviderBreaker } from "@saucier/payment/ProtectedProvider"
import * as CircuitBreakerHistory from "@saucier/resilience/CircuitBreakerHistory"
import * as ProcessFacts from "@saucier/runtime/ProcessFacts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ProbeEntity from "./ProbeEntity.ts"

const listed = 200

const breakerStatus = Effect.gen(function*() {
  const breaker = yield* Effect.serviceOption(ProviderBreaker)
  if (Option.isNone(breaker)) return Effect.succeed(null)
  const { status } = yield* CircuitBreakerHistory.make(breaker.value)
  return status
})

/** What is asked is resolved once for all actors of the context. */
export const layer = (context: string) => {
  const probe = ProbeEntity.make(context)
  return Layer.unwrapScoped(Effect.gen(function*() {
    const facts = yield* ProcessFacts.make
    const breaker = yield* breakerStatus
    const build = Effect.map(Entity.CurrentAddress, ({ shardId }) =>
      probe.of({
        Facts: () =>
          Effect.map(
            Effect.all({ facts, breaker }),
            ({ breaker, facts }) => ({ ...facts, breaker })
          ),
        Residents: () =>
          Effect.sync(() => {
            const all = Residents.ofShard(shardId.toString()).map(({ entityId, entityType }) => ({
              type: String(entityType),
              id: String(entityId)
            }))
            return { items: all.slice(0, listed), more: Math.max(0, all.length - listed) }
          })
      }))
    return probe.toLayer(build, { concurrency: "unbounded", maxIdleTime: "30 seconds" })
  }))
}

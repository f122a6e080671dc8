/** Cost of a policy per call: `pnpm exec tsx packages/resilience/test/PolicyCost.bench.ts` from the root. Not a test. */
import * as Bulkhead from "@saucier/resilience/Bulkhead"
import * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import * as Resilience from "@saucier/resilience/Resilience"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"

const calls = 50_000
const rounds = 7

const provider = Effect.void

const round = (call: Effect.Effect<unknown, unknown>) =>
  Effect.gen(function*() {
    const start = yield* Clock.currentTimeNanos
    yield* Effect.repeatN(Effect.ignore(call), calls - 1)
    return Number((yield* Clock.currentTimeNanos) - start) / calls / 1000
  })

const measure = (name: string, call: Effect.Effect<unknown, unknown>) =>
  Effect.gen(function*() {
    yield* round(call)
    const micros = (yield* Effect.replicateEffect(round(call), rounds)).sort((a, b) => a - b)
    const [best, median] = [micros[0] ?? 0, micros[Math.floor(rounds / 2)] ?? 0]
    yield* Console.log(`${name.padEnd(24)} best ${best.toFixed(2)} µs, median ${median.toFixed(2)} µs a call`)
  })

const program = Effect.gen(function*() {
  const breaker = yield* CircuitBreaker.make({ name: "closed" })
  const open = yield* CircuitBreaker.make({ name: "open" })
  yield* open.force("ForcedOpen")
  const bulkhead = yield* Bulkhead.make({ name: "bulkhead" })
  const resilience = yield* Resilience.make({ name: "pipeline" })
  yield* measure("nothing", provider)
  yield* measure("breaker, closed", breaker.protect(provider))
  yield* measure("breaker, refusing", open.protect(provider))
  yield* measure("bulkhead", bulkhead.protect(provider))
  yield* measure(
    "breaker and bulkhead",
    breaker.protectWith((measured) => bulkhead.protect(measured(provider)))
  )
  yield* measure("whole pipeline", resilience.protect(provider))
})

Effect.runFork(Effect.scoped(program))

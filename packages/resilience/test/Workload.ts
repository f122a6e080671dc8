/** Random callers against one breaker in a world of its own, and a full record of what was seen outside of it. */
import * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import type { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import type { CircuitBreakerEvent } from "@saucier/resilience/CircuitBreakerEvent"
import type { CircuitBreakerState } from "@saucier/resilience/CircuitBreakerState"
import type { ForcedState } from "@saucier/resilience/CircuitBreakerStep"
import * as Outcome from "@saucier/resilience/Outcome"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as FiberSet from "effect/FiberSet"
import * as Stream from "effect/Stream"
import * as Arbitraries from "./Arbitraries.ts"
import * as World from "./World.ts"

export class ProviderDown extends Data.TaggedError("ProviderDown")<{}> {}
export class BadRequest extends Data.TaggedError("BadRequest")<{}> {}

export type Answer = "ok" | "down" | "bad-request" | "defect"

export type Action =
  | {
    readonly type: "call"
    readonly after: number
    readonly latency: number
    readonly answer: Answer
    readonly patience: number | null
  }
  | { readonly type: "ask"; readonly after: number }
  | { readonly type: "force"; readonly after: number; readonly to: ForcedState | "reset" }

export interface Workload {
  readonly seed: number
  readonly config: CircuitBreakerConfig
  readonly actions: ReadonlyArray<Action>
}

export interface ProviderCall {
  readonly startedAt: number
  endedAt: number
}

export interface Trace {
  readonly breaker: CircuitBreaker.CircuitBreaker
  readonly events: ReadonlyArray<CircuitBreakerEvent>
  readonly calls: ReadonlyArray<ProviderCall>
  readonly answers: ReadonlyArray<Exit.Exit<unknown, unknown>>
  readonly state: CircuitBreakerState
  readonly world: World.World
}

const { array, constant, constantFrom, integer, oneof, option, record } = FastCheck
const answers: ReadonlyArray<Answer> = ["ok", "ok", "ok", "down", "down", "bad-request", "defect"]
const after = oneof({ weight: 2, arbitrary: constant(0) }, {
  weight: 3,
  arbitrary: integer({ min: 1, max: 120 })
})

export const call = record({
  type: constant("call" as const),
  after,
  latency: oneof(constant(0), integer({ min: 1, max: 250 })),
  answer: constantFrom(...answers),
  patience: option(integer({ min: 0, max: 150 }), { freq: 1 })
})
/** Whether a call would be let through. */
const ask = record({ type: constant("ask" as const), after })
const force = record({
  type: constant("force" as const),
  after,
  to: constantFrom("ForcedOpen" as const, "Disabled" as const, "MetricsOnly" as const, "reset" as const)
})

export const workload = (
  action: FastCheck.Arbitrary<Action>,
  config: FastCheck.Arbitrary<CircuitBreakerConfig> = Arbitraries.breakerConfig(Arbitraries.anyJitter)
): FastCheck.Arbitrary<Workload> =>
  record({
    seed: Arbitraries.seed,
    config,
    actions: array(action, { minLength: 5, maxLength: 45, size: "max" })
  })

export const calls = workload(call)
export const mixed = workload(
  oneof({ weight: 12, arbitrary: call }, { weight: 2, arbitrary: ask }, { weight: 1, arbitrary: force })
)

const replies: Readonly<Record<Answer, Effect.Effect<string, ProviderDown | BadRequest>>> = {
  ok: Effect.succeed("paid"),
  down: Effect.fail(new ProviderDown()),
  "bad-request": Effect.fail(new BadRequest()),
  defect: Effect.die("a bug in the client")
}

export const provider = (
  world: World.World,
  log: Array<ProviderCall>,
  { answer, latency }: { readonly answer: Answer; readonly latency: number }
) =>
  Effect.acquireUseRelease(
    Effect.sync(() => {
      const entry = { startedAt: world.nowMillis(), endedAt: Infinity }
      log.push(entry)
      return entry
    }),
    () => Effect.zipRight(Effect.sleep(latency), replies[answer]),
    (entry) =>
      Effect.sync(() => {
        entry.endedAt = world.nowMillis()
      })
  )

export const classify = Outcome.classifyTags({ BadRequest: "ignore" })

export const observed = (world: World.World, name: string, config: CircuitBreakerConfig) => {
  const breaker = world.run(CircuitBreaker.make({ name, config, classify }))
  const events: Array<CircuitBreakerEvent> = []
  world.fork(Stream.runForEach(breaker.events, (event) =>
    Effect.sync(() => {
      events.push(event)
    })))
  world.settle()
  return { breaker, events }
}

export const perform = (
  { actions, config, seed }: Workload,
  name = "provider",
  world = World.make(seed)
): Trace => {
  const { breaker, events } = observed(world, name, config)
  const log: Array<ProviderCall> = []
  const answers: Array<Exit.Exit<unknown, unknown>> = []

  const fibers = world.run(FiberSet.make<Exit.Exit<unknown, unknown>>())

  const act = (action: Action) => {
    if (action.type === "ask") return Effect.exit(breaker.permitted)
    if (action.type === "force") return action.to === "reset" ? breaker.reset : breaker.force(action.to)
    const guarded = breaker.protect(provider(world, log, action))
    const patient = action.patience === null
      ? guarded
      : Effect.raceFirst(guarded, Effect.as(Effect.sleep(action.patience), "gave up"))
    return Effect.onExit(patient, (exit) => Effect.sync(() => answers.push(exit))).pipe(
      Effect.exit,
      Effect.fork,
      Effect.map((fiber) => FiberSet.unsafeAdd(fibers, fiber))
    )
  }

  world.run(Effect.zipRight(
    Effect.forEach(actions, (action) => Effect.delay(act(action), action.after), { discard: true }),
    FiberSet.awaitEmpty(fibers)
  ))
  world.settle()
  return { breaker, events, calls: log, answers, state: world.run(breaker.state), world }
}

/** Runs a workload, looks at what came of it, and clears up. */
export const witness = (f: (trace: Trace, workload: Workload) => void) => (workload: Workload): void => {
  const trace = perform(workload)
  f(trace, workload)
  trace.world.close()
}

/** Stops calling a provider that fails or is slow, and tries it again with a few calls after a while. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as PubSub from "effect/PubSub"
import * as Queue from "effect/Queue"
import * as Random from "effect/Random"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { AttemptWatch, type Watch } from "./AttemptWatch.ts"
import type * as CallCounts from "./CallCounts.ts"
import { CallNotPermitted } from "./CallNotPermitted.ts"
import { CircuitBreakerConfig } from "./CircuitBreakerConfig.ts"
import type { CircuitBreakerEvent } from "./CircuitBreakerEvent.ts"
import * as Metrics from "./CircuitBreakerMetrics.ts"
import * as Rules from "./CircuitBreakerRules.ts"
import * as State from "./CircuitBreakerState.ts"
import * as Step from "./CircuitBreakerStep.ts"
import { LostTime } from "./LostTime.ts"
import * as Outcome from "./Outcome.ts"
import { annotateSpan } from "./SpanEvents.ts"
import { stackless } from "./Stackless.ts"

/** Marks the attempt inside a protected body: only its time counts, and without it the call counts for nothing. */
export type Measure = <A, E, R>(attempt: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>

export interface CircuitBreaker {
  readonly name: string
  readonly rules: Rules.CircuitBreakerRules
  readonly protect: <A, E, R>(call: Effect.Effect<A, E, R>) => Effect.Effect<A, E | CallNotPermitted, R>
  /** For policies between the breaker and the call, such as a bulkhead, whose waiting is not the provider's time. */
  readonly protectWith: <A, E, R>(
    body: (measure: Measure) => Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | CallNotPermitted, R>
  /** Refuses and counts as `protect` would at this moment, for work before a call that only makes sense with it. Keeps no place. */
  readonly permitted: Effect.Effect<void, CallNotPermitted>
  readonly state: Effect.Effect<State.CircuitBreakerState>
  readonly counts: Effect.Effect<CallCounts.CallCounts>
  /** From now on. A subscriber that lags by more than 4096 events loses the oldest, which `sequence` shows. */
  readonly events: Stream.Stream<CircuitBreakerEvent>
  readonly force: (to: Step.ForcedState) => Effect.Effect<void>
  readonly reset: Effect.Effect<void>
}

export interface Options {
  readonly name: string
  readonly config?: CircuitBreakerConfig
  readonly classify?: Outcome.Classify
}

type Make = (options: Options) => Effect.Effect<CircuitBreaker, never, Scope.Scope>

export const make: Make = Effect.fnUntraced(function*(options) {
  const clock = yield* Effect.clock
  const origin = clock.unsafeCurrentTimeNanos()
  const salt = yield* Random.nextIntBetween(0, 2 ** 31)
  const rules = Rules.make(options.name, options.config ?? new CircuitBreakerConfig({}), salt)
  const classify = options.classify ?? Outcome.classifyExit
  const metrics = Metrics.make(options.name)
  const ref = yield* Ref.make(State.initial(rules))
  const pubsub = yield* Effect.acquireRelease(PubSub.unbounded<CircuitBreakerEvent>(), PubSub.shutdown)
  const wake = yield* Queue.sliding<void>(1)
  const lost = yield* LostTime

  const now = () => Number(clock.unsafeCurrentTimeNanos() - origin)
  const since = (began: number) => {
    const took = now() - began
    return Math.max(0, took - lost(took))
  }

  // Publishing happens inside the update: a fiber may yield between two effects, and then events would overtake each other.
  const update = <A extends Step.Step>(f: (state: State.CircuitBreakerState, now: number) => A) =>
    Ref.modify(ref, (before): readonly [A, State.CircuitBreakerState] => {
      const at = now()
      const step = f(before, at)
      if (step.events.length > 0) {
        metrics.record(before, step.events)
        metrics.ratios(State.countsAt(rules, step.state, at))
        for (const event of step.events) pubsub.unsafeOffer(event)
        if (State.dueAt(rules, step.state, at) !== State.dueAt(rules, before, at)) {
          wake.unsafeOffer(undefined)
        }
      }
      return [step, step.state]
    })

  const admit = (step: typeof Step.acquire) =>
    Effect.flatMap(
      update((state, at) => step(rules, state, at)),
      ({ events, permit, retryAfterNanos, state }) => {
        const admission = permit === undefined
          ? Effect.suspend(() =>
            Effect.fail(stackless(() =>
              new CallNotPermitted(
                { name: options.name, state: state._tag, retryAfter: Duration.millis(retryAfterNanos / 1e6) },
                { disableValidation: true }
              )
            ))
          )
          : Effect.succeed(permit)
        return events.length === 0 ? admission : Effect.zipRight(annotateSpan(clock, events), admission)
      }
    )
  const acquire = admit(Step.acquire)

  /** `took` is undefined where no attempt was made. */
  const settle = (permit: Step.Permit, took: number | undefined, exit: Exit.Exit<unknown, unknown>) =>
    Effect.flatMap(
      Effect.exit(
        Effect.sync(() => took === undefined ? "ignore" : Outcome.outcomeOf(exit, classify))
      ),
      (outcome) =>
        update((state, at) =>
          Step.complete(rules, state, {
            permit,
            // A classifier that throws is a bug, and a bug is a failure; the permit goes back all the same.
            outcome: outcome._tag === "Success" ? outcome.value : "failure",
            duration: took ?? 0
          }, at)
        ).pipe(
          Effect.flatMap(({ events }) => annotateSpan(clock, events)),
          Effect.zipRight(outcome)
        )
    )

  const protectWith: CircuitBreaker["protectWith"] = (body) =>
    Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(acquire, (permit) => {
        let started: number | undefined
        let left: number | undefined
        let away: number | undefined
        const watch: Watch = {
          leaves: () => {
            left = now()
            away = undefined
          },
          comes: () => {
            if (left !== undefined) away ??= since(left)
          }
        }
        const measure: Measure = (attempt) =>
          Effect.suspend(() => {
            started ??= now()
            return Effect.provideService(attempt, AttemptWatch, watch)
          })
        return Effect.flatMap(
          Effect.exit(restore(Effect.suspend(() => body(measure)))),
          (exit) =>
            Effect.zipRight(
              Effect.suspend(() =>
                settle(permit, started === undefined ? undefined : away ?? since(started), exit)
              ),
              exit
            )
        )
      })
    )

  const breaker: CircuitBreaker = {
    name: options.name,
    rules,
    protect: (call) => protectWith((measure) => measure(call)),
    protectWith,
    permitted: Effect.asVoid(admit(Step.preview)),
    state: Ref.get(ref),
    counts: Effect.map(Ref.get(ref), (state) => State.countsAt(rules, state, now())),
    events: Stream.fromPubSub(pubsub).pipe(Stream.buffer({ capacity: 4096, strategy: "sliding" })),
    force: (to) => Effect.asVoid(update((state, at) => Step.force(rules, state, to, at))),
    reset: Effect.asVoid(update((state, at) => Step.reset(rules, state, at)))
  }

  // Nobody needs to call for the state, and the ratios shown, to follow the time.
  yield* Effect.gen(function*() {
    const due = State.dueAt(rules, yield* Ref.get(ref), now())
    const woken = Queue.take(wake)
    yield* due === null
      ? woken
      : Effect.timeoutOption(woken, Duration.nanos(BigInt(Math.ceil(Math.max(0, due - now())))))
    yield* update((state, at) => Step.tick(rules, state, at))
    metrics.ratios(yield* breaker.counts)
  }).pipe(Effect.forever, Effect.forkScoped)

  return breaker
})

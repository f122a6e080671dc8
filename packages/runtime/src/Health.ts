import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"

/** A part without which the process cannot serve. Its failure's message is shown to operators. */
export interface Check {
  readonly name: string
  readonly run: Effect.Effect<void, { readonly message: string }>
}

export interface CheckResult {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}

/** What readiness depends on. Every layer adds its own checks, for as long as it lives. */
export class Health extends Context.Tag("@saucier/runtime/Health")<Health, {
  readonly add: (check: Check) => Effect.Effect<void, never, Scope.Scope>
  readonly results: Effect.Effect<ReadonlyArray<CheckResult>>
}>() {}

/** A check that does not answer is a check that fails: probes have a deadline of their own. */
const patience = "2 seconds"

const examine = ({ name, run }: Check): Effect.Effect<CheckResult> =>
  run.pipe(
    Effect.timeoutFail({
      duration: patience,
      onTimeout: () => ({ message: `no answer within ${patience}` })
    }),
    Effect.match({
      onFailure: ({ message }) => ({ name, ok: false, message }),
      onSuccess: () => ({ name, ok: true, message: "ok" })
    }),
    Effect.catchAllDefect(() => Effect.succeed({ name, ok: false, message: "the check itself broke" }))
  )

export const layer: Layer.Layer<Health> = Layer.sync(Health, () => {
  const checks = new Set<Check>()
  return Health.of({
    add: (check) =>
      Effect.acquireRelease(
        Effect.sync(() => checks.add(check)),
        () => Effect.sync(() => checks.delete(check))
      ),
    results: Effect.suspend(() => Effect.forEach(checks, examine, { concurrency: "unbounded" }))
  })
})

/** Adds a check from wherever a layer is built. */
export const check = (name: string, run: Check["run"]): Layer.Layer<never, never, Health> =>
  Layer.scopedDiscard(Effect.flatMap(Health, (health) => health.add({ name, run })))

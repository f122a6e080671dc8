/** Wakes whoever waits for changes. A hint only: other processes write without it. */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

export class DashboardHint extends Context.Tag("@saucier/dashboard/DashboardHint")<DashboardHint, {
  /** Called after a commit. */
  readonly wake: Effect.Effect<void>
  /** Take it before looking, and await it when nothing was found: a wake-up in between is not missed. */
  readonly next: Effect.Effect<Deferred.Deferred<void>>
}>() {
  static readonly layer = Layer.effect(
    DashboardHint,
    Effect.gen(function*() {
      let next = yield* Deferred.make<void>()
      return DashboardHint.of({
        wake: Effect.flatMap(Deferred.make<void>(), (fresh) =>
          Effect.suspend(() => {
            const woken = next
            next = fresh
            return Deferred.succeed(woken, undefined)
          })),
        next: Effect.sync(() => next)
      })
    })
  )
}

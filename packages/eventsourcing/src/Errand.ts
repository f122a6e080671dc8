/**
 * A call to an entity, on a fiber of its own. In the same process the callee's handler runs with what its caller has:
 * so the errand takes nothing along but the span, no service and no open transaction.
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Tracer from "effect/Tracer"

const spanOf = (context: Context.Context<never>): Context.Context<never> =>
  Option.match(Context.getOption(context, Tracer.ParentSpan), {
    onNone: Context.empty,
    onSome: (span) => Context.make(Tracer.ParentSpan, span)
  })

/** As `Effect.timeoutFail`, with one sleeping fiber for two that race; who is late is told to stop and not waited for. */
export const within = <A, E, E2>(
  errand: Effect.Effect<A, E>,
  time: Duration.DurationInput,
  late: () => E2
): Effect.Effect<A, E | E2> =>
  Effect.withFiberRuntime((caller) => {
    const fork = Runtime.runFork(Runtime.make({
      context: spanOf(caller.currentContext),
      fiberRefs: caller.getFiberRefs(),
      runtimeFlags: Runtime.defaultRuntimeFlags
    }))
    return Effect.async<A, E | E2>((resume) => {
      const fiber = fork(errand)
      const alarm = fork(Effect.map(Effect.sleep(time), () => {
        resume(Effect.failSync(late))
        fiber.unsafeInterruptAsFork(caller.id())
      }))
      fiber.addObserver((exit) => {
        alarm.unsafeInterruptAsFork(caller.id())
        resume(exit)
      })
      return Fiber.interruptAll([fiber, alarm])
    })
  })

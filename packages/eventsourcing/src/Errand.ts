/**
 * A call to an entity, on a fiber of its own. In the same process the callee's handler runs with what its caller has:
 * so the errand takes nothing along but the span, no service and no open transaction.
 */
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Tracer from "effect/Tracer"
import * as Traced from "./Traced.ts"

const spanOf = (context: Context.Context<never>): Context.Context<never> =>
  Option.match(Context.getOption(context, Tracer.ParentSpan), {
    onNone: Context.empty,
    onSome: (span) => Context.make(Tracer.ParentSpan, span)
  })

/** How long an actor that moves is left alone. */
const pause = "50 millis"

/** Its shard has gone to another process, or its process is ending. */
const moved = Traced.note("actor.moved")

/** Nobody who waits for the errand called it off. */
const wasStopped = Exit.match({ onFailure: Cause.isInterruptedOnly, onSuccess: () => false })

/**
 * As `Effect.timeoutFail`, with one sleeping fiber for two that race; who is late is told to stop and not waited for.
 *
 * An actor that leaves its process under way stops what it does for others: such an errand goes again, to where the actor
 * is by then. It must bear that, as a command does by its id.
 */
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
      let over = false
      let running: Fiber.RuntimeFiber<A, E> | undefined
      const go = (effect: Effect.Effect<A, E>) => {
        const fiber = fork(effect)
        running = fiber
        fiber.addObserver((exit) => {
          if (over) return
          if (wasStopped(exit)) return go(Effect.zipRight(moved, Effect.delay(errand, pause)))
          over = true
          alarm.unsafeInterruptAsFork(caller.id())
          resume(exit)
        })
      }
      const alarm = fork(Effect.map(Effect.sleep(time), () => {
        over = true
        resume(Effect.failSync(late))
        running?.unsafeInterruptAsFork(caller.id())
      }))
      go(errand)
      return Effect.suspend(() => {
        over = true
        return Fiber.interruptAll(running === undefined ? [alarm] : [running, alarm])
      })
    })
  })

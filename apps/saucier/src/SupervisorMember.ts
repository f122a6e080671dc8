/**
 * The life of one process of a service: started, watched, started again after a pause that grows, until it is told to
 * stop. One that hangs is killed: it would not hear that it shall end.
 */
import { ExitCode } from "@saucier/runtime/ExitCode"
import type { ProcessStatus } from "@saucier/runtime/SupervisorHttp"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Ref from "effect/Ref"
import * as Signal from "./Signal.ts"
import * as SupervisorChild from "./SupervisorChild.ts"
import { SupervisorNews } from "./SupervisorNews.ts"
import type { Launch, Readings, ServicePlan } from "./SupervisorPlan.ts"
import * as SupervisorProbe from "./SupervisorProbe.ts"
import { SupervisorTiming } from "./SupervisorTiming.ts"
import * as SupervisorWatch from "./SupervisorWatch.ts"

interface Run {
  readonly pid: number | null
  readonly url: string | null
  readonly startedAt: DateTime.Utc | null
  readonly ready: boolean
  readonly paused: boolean
  readonly blind: boolean
  readonly read: { readonly at: number; readonly readings: Readings; readonly ordersPerSecond: number | null }
}

const notRunning: Run = {
  pid: null,
  url: null,
  startedAt: null,
  ready: false,
  paused: false,
  blind: false,
  read: { at: 0, readings: SupervisorProbe.none, ordersPerSecond: null }
}

/** Orders a second since the reading before. */
const rate = (before: Run["read"], readings: Readings, at: number) =>
  before.readings.orders === null || readings.orders === null || at <= before.at
    ? null
    : Math.max(0, ((readings.orders - before.readings.orders) * 1000) / (at - before.at))

export const make = (plan: ServicePlan, index: number) =>
  Effect.gen(function*() {
    const timing = yield* SupervisorTiming
    const news = yield* SupervisorNews
    const name = `${plan.name}-${index}`
    const run = yield* Ref.make(notRunning)
    const phase = yield* Ref.make<"starting" | "running" | "stopping" | "waiting">("starting")
    const ended = yield* Ref.make<string | null>(null)
    const restarts = yield* Ref.make(0)
    const ready = yield* Effect.makeLatch(false)
    const stopAsked = yield* Deferred.make<void>()
    const gone = yield* Deferred.make<void>()
    /** Another start would end as this one has. */
    const hopeless = yield* Deferred.make<void>()
    const patch = (part: Partial<Run>) => Ref.update(run, (now) => ({ ...now, ...part }))

    const turned = (launch: Launch) => (isReady: boolean) =>
      Effect.gen(function*() {
        const pid = yield* launch.worker ?? Effect.succeed(null)
        yield* patch({ ready: isReady, ...(pid === null ? {} : { pid }) })
        yield* isReady ? ready.open : ready.close
        if (isReady) yield* Ref.set(phase, "running")
        if (yield* Deferred.isDone(stopAsked)) return
        yield* news.tell(isReady ? { _tag: "Ready", name, url: launch.url } : { _tag: "Unready", name })
      })

    const read = (readings: Readings) =>
      Effect.flatMap(Clock.currentTimeMillis, (at) =>
        Ref.update(run, (now) => ({
          ...now,
          read: { at, readings, ordersPerSecond: rate(now.read, readings, at) }
        })))

    /** To the process that was started, and to the one that works for it. */
    const everywhere = (launch: Launch, child: SupervisorChild.Child) => (signal: NodeJS.Signals) =>
      Effect.gen(function*() {
        const worker = yield* launch.worker ?? Effect.succeed(null)
        yield* child.signal(signal)
        if (worker !== null && signal !== "SIGTERM") Signal.send(worker, signal)
      })

    const terminate = (
      child: SupervisorChild.Child,
      signal: (signal: NodeJS.Signals) => Effect.Effect<void>
    ) =>
      Effect.gen(function*() {
        yield* Ref.set(phase, "stopping")
        yield* ready.close
        yield* signal("SIGTERM")
        // It may stand still, and would hear nothing.
        yield* signal("SIGCONT")
        const inTime = yield* Effect.timeoutOption(child.ended, timing.grace)
        if (inTime._tag === "None") {
          yield* news.tell({ _tag: "Forced", name })
          yield* signal("SIGKILL")
        }
      })

    const once = Effect.scoped(Effect.gen(function*() {
      const launch = yield* plan.launch(index)
      const child = yield* SupervisorChild.start(name, launch.command)
      const signal = everywhere(launch, child)
      yield* patch({ pid: child.pid, url: launch.url, startedAt: yield* DateTime.now })
      yield* news.tell({ _tag: "Started", name, pid: child.pid })
      const watcher = {
        blind: Effect.map(Ref.get(run), ({ blind }) => blind),
        turned: turned(launch),
        read
      }
      yield* SupervisorWatch.untilHung(launch.probe, watcher).pipe(
        Effect.zipRight(news.tell({ _tag: "Hung", name })),
        Effect.zipRight(signal("SIGKILL")),
        Effect.forkScoped
      )
      yield* Effect.forkScoped(Effect.zipRight(Deferred.await(stopAsked), terminate(child, signal)))
      return yield* child.ended
    })).pipe(
      Effect.catchAll(({ message }) => Effect.succeed<SupervisorChild.End>({ code: null, how: message }))
    )

    const live = (failures: number): Effect.Effect<void, never, Effect.Effect.Context<typeof once>> =>
      Effect.gen(function*() {
        yield* Ref.set(phase, "starting")
        const began = yield* Clock.currentTimeMillis
        const end = yield* once
        const wasReady = (yield* Ref.get(phase)) === "running"
        yield* ready.close
        const lasted = (yield* Clock.currentTimeMillis) - began
        yield* Ref.set(run, notRunning)
        yield* Ref.set(ended, end.how)
        if (yield* Deferred.isDone(stopAsked)) return
        if (end.code === ExitCode.badConfiguration) yield* Deferred.succeed(hopeless, undefined)
        const nth = lasted >= Duration.toMillis(timing.ranWell) ? 1 : wasReady ? 2 : failures + 1
        const longest = end.code === ExitCode.unavailable ? timing.longestWait : timing.longestPause
        const again = yield* Effect.map(
          Random.nextRange(0.75, 1.25),
          (jitter) =>
            Duration.times(
              Duration.min(Duration.times(timing.firstPause, 2 ** Math.min(nth - 1, 20)), longest),
              jitter
            )
        )
        yield* Ref.set(phase, "waiting")
        yield* Ref.update(restarts, (count) => count + 1)
        yield* news.tell({ _tag: "Ended", name, how: end.how, againMillis: Duration.toMillis(again) })
        yield* Effect.raceFirst(Deferred.await(stopAsked), Effect.sleep(again))
        if (yield* Deferred.isDone(stopAsked)) return
        yield* live(nth)
      })

    yield* live(0).pipe(
      Effect.zipRight(news.tell({ _tag: "Stopped", name })),
      Effect.ensuring(Deferred.succeed(gone, undefined)),
      // Whoever adds a member must not be cut off half-way; what the member does may be.
      Effect.interruptible,
      Effect.forkDaemon
    )

    const status = Effect.gen(function*() {
      const { paused, pid, read, ready, startedAt, url } = yield* Ref.get(run)
      const now = yield* Ref.get(phase)
      const running = now === "running" ? ready ? "ready" as const : "unready" as const : now
      return {
        service: plan.name,
        index,
        pid,
        state: paused && running !== "stopping" ? "paused" : running,
        url,
        shards: read.readings.shards,
        ordersPerSecond: read.ordersPerSecond,
        memoryBytes: read.readings.memoryBytes,
        cpuSeconds: read.readings.cpuSeconds,
        providerCalls: read.readings.providerCalls,
        restarts: yield* Ref.get(restarts),
        startedAt,
        ended: yield* Ref.get(ended)
      } satisfies ProcessStatus
    })

    return {
      name,
      index,
      status,
      /** True once it is ready, false when it cannot become so; waits for as long as it takes. */
      becomesReady: Effect.raceFirst(
        Effect.as(ready.await, true),
        Effect.as(Effect.raceFirst(Deferred.await(hopeless), Deferred.await(gone)), false)
      ),
      /** Asks it to end, waits until it has, and sees to it that it does. */
      stop: Effect.zipRight(Deferred.succeed(stopAsked, undefined), Deferred.await(gone)),
      /** From outside, as an accident would. `blind`: its silence shall have no consequence. */
      signal: (signal: "SIGKILL" | "SIGSTOP" | "SIGCONT", blind = false) =>
        Effect.gen(function*() {
          const { pid } = yield* Ref.get(run)
          if (pid === null || !Signal.send(pid, signal)) return false
          if (signal !== "SIGKILL") {
            yield* patch({ paused: signal === "SIGSTOP", blind: signal === "SIGSTOP" && blind })
          }
          return true
        })
    }
  })
export type Member = Effect.Effect.Success<ReturnType<typeof make>>

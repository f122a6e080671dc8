/** Lets the number of processes of a service follow their load, by the rule of scaling that Kubernetes is given too. */
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as Autoscaling from "@saucier/runtime/Autoscaling"
import * as AutoscalingLoads from "@saucier/runtime/AutoscalingLoads"
import type { ServiceStatus } from "@saucier/runtime/SupervisorHttp"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { SupervisorNews } from "./SupervisorNews.ts"
import { SupervisorTiming } from "./SupervisorTiming.ts"

export type Rules = Readonly<Record<string, Autoscaling.ScalingRule>>

interface Known {
  readonly decidedAt: number
  readonly history: Autoscaling.History
  readonly told: ReadonlyMap<number, ReadonlyArray<AutoscalingLoads.Told>>
}

const nothing = (at: number): Known => ({ decidedAt: at, history: Autoscaling.none, told: new Map() })

/** A process that is not ready tells nothing that counts. */
const hear = (known: Known["told"], { processes }: ServiceStatus, at: number, window: number) =>
  new Map(processes.map(({ cpuSeconds, index, pid, providerCalls, state }) => {
    const told = state === "ready" ? { cpuSeconds, providerCalls } : { cpuSeconds: null, providerCalls: null }
    return [index, AutoscalingLoads.add(known.get(index) ?? [], { at, pid, ...told }, window)] as const
  }))

export interface Scalable {
  readonly plan: { readonly name: string }
  readonly status: Effect.Effect<ServiceStatus>
  readonly scale: (processes: number) => Effect.Effect<ServiceStatus, unknown>
}

const followOne = (
  { plan, scale, status }: Scalable,
  rule: Autoscaling.ScalingRule
) =>
  Effect.gen(function*() {
    const { look, measure, scale: every } = yield* SupervisorTiming
    const news = yield* SupervisorNews
    const known = yield* Ref.make(nothing(yield* Monotonic.millis))

    const step = Effect.gen(function*() {
      const at = yield* Monotonic.millis
      const now = yield* status
      // Somebody stopped it, and will start it.
      if (now.processes.length === 0) return yield* Ref.set(known, nothing(at))
      const before = yield* Ref.get(known)
      const told = hear(before.told, now, at, Duration.toMillis(measure))
      if (at - before.decidedAt < Duration.toMillis(every)) return yield* Ref.set(known, { ...before, told })
      const loads = Array.from(told.values(), AutoscalingLoads.load)
      const { history, wanted } = Autoscaling.decide(rule, before.history, { at, loads })
      yield* Ref.set(known, { decidedAt: at, history, told })
      if (wanted === loads.length) return
      yield* news.tell({ _tag: "Scaled", name: plan.name, from: loads.length, to: wanted })
      // Who did not get ready is told of as any process is, and asked for again at the next decision.
      yield* Effect.ignore(scale(wanted))
      // What each carried when there were more or fewer says nothing of now.
      yield* Ref.update(known, (now) => ({ ...now, told: new Map() }))
    })
    yield* Effect.forever(Effect.zipRight(step, Effect.sleep(look)))
  })

/** For as long as the scope is open. */
export const follow = <E>(
  supervisor: { readonly service: (name: string) => Effect.Effect<Scalable, E> },
  rules: Rules
) =>
  Effect.forEach(
    Object.entries(rules),
    ([name, rule]) =>
      Effect.flatMap(Effect.orDie(supervisor.service(name)), (service) =>
        Effect.forkScoped(followOne(service, rule))),
    { discard: true }
  )

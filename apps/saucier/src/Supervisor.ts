/** Runs the processes of a plan: starts them in order, keeps them alive, ends them the other way round. */
import { ExitCode } from "@saucier/runtime/ExitCode"
import { type ClusterStatus, NoSuchProcess } from "@saucier/runtime/SupervisorHttp"
import * as Arr from "effect/Array"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Tiers } from "./SupervisorPlan.ts"
import * as SupervisorService from "./SupervisorService.ts"

/** A service that refuses its settings, and would at every start. */
export class ServiceMisconfigured
  extends Data.TaggedError("ServiceMisconfigured")<{ readonly name: string }>
{
  readonly exitCode = ExitCode.badConfiguration
}

export const make = (plan: Tiers) =>
  Effect.gen(function*() {
    const tiers = yield* Effect.forEach(plan, (tier) => Effect.forEach(tier, SupervisorService.make))
    const services = tiers.flat()
    const state = yield* Ref.make<ClusterStatus["state"]>("starting")

    const end = Effect.zipRight(
      Ref.set(state, "stopping"),
      Effect.forEach(
        tiers.toReversed(),
        (tier) => Effect.forEach(tier, ({ end }) => end, { concurrency: "unbounded", discard: true }),
        { discard: true }
      )
    )
    const open = Effect.forEach(tiers, (tier) =>
      Effect.gen(function*() {
        const opened = yield* Effect.forEach(tier, ({ open }) => open, { concurrency: "unbounded" })
        const failed = opened.flat().find(({ ready }) => !ready)
        if (failed !== undefined) yield* new ServiceMisconfigured({ name: failed.member.name })
      }), { discard: true })

    return {
      /** Done when all are ready; waits for as long as that takes. */
      start: Effect.zipRight(open, Ref.set(state, "ready")),
      /** Ends what has been started by then, and lets nothing start any more. */
      end,
      status: Effect.all({
        state: Ref.get(state),
        services: Effect.forEach(services, ({ status }) => status)
      }),
      services,
      service: (name: string) =>
        Effect.mapError(
          Arr.findFirst(services, ({ plan }) => plan.name === name),
          () => new NoSuchProcess({ service: name, index: null })
        )
    }
  })
export type Supervisor = Effect.Effect.Success<ReturnType<typeof make>>

/** What the chaos desk does to the processes of a supervisor, which outlives each of them and so ends what it began. */
import { type ChaosService, chaosServices, type ServiceView } from "@saucier/assembly/Chaos"
import { ChaosNotPossible } from "@saucier/assembly/ChaosRejections"
import type { NoSuchProcess, NotPossible, NotReady } from "@saucier/runtime/SupervisorHttp"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { Course } from "./ChaosFaults.ts"
import type { ChaosProcesses, ProcessStrike } from "./ChaosProcesses.ts"
import type { Supervisor } from "./Supervisor.ts"
import type { SupervisorService } from "./SupervisorService.ts"

const notPossible = (error: NoSuchProcess | NotPossible | NotReady) => {
  switch (error._tag) {
    case "NotPossible":
      return new ChaosNotPossible({ subject: error.service, reason: error.reason })
    case "NotReady":
      return new ChaosNotPossible({ subject: `${error.service}-${error.index}`, reason: "not-ready" })
    case "NoSuchProcess":
      return error.index === null
        ? new ChaosNotPossible({ subject: error.service, reason: "absent" })
        : new ChaosNotPossible({ subject: `${error.service}-${error.index}`, reason: "no-process" })
  }
}

/** Who was killed is started again after half a second at least; one that does not come back is no fault of ours any more. */
const longestAway = "2 minutes"

const isKnown = (name: string): name is ChaosService => chaosServices.some((known) => known === name)

const viewOf = ({ plan, status }: SupervisorService): Effect.Effect<ReadonlyArray<ServiceView>> =>
  Effect.map(status, ({ processes, service, wanted }) =>
    isKnown(service)
      ? [{
        service,
        wanted,
        can: plan.alone === undefined ? ["kill", "pause", "stop", "scale"] : ["kill", "pause", "stop"],
        processes: processes.map(({ index, state }) => ({ index, state }))
      }]
      : [])

/** The process that was meant: by its number, or the first that runs. */
const chosen = (service: SupervisorService, index: number | undefined) =>
  Effect.gen(function*() {
    const { processes, service: name } = yield* service.status
    const found = processes.find((one) => one.pid !== null && (index === undefined || one.index === index))
    if (found === undefined) {
      const subject = index === undefined ? name : `${name}-${index}`
      return yield* new ChaosNotPossible({ subject, reason: "no-process" })
    }
    return { ...found, member: yield* Effect.mapError(service.member(found.index), notPossible) }
  })

const signalled = (
  service: SupervisorService,
  index: number,
  signal: "SIGKILL" | "SIGSTOP"
) =>
  service.member(index).pipe(
    Effect.mapError(notPossible),
    Effect.flatMap((member) => member.signal(signal, true)),
    Effect.filterOrFail(
      (taken) => taken,
      () => new ChaosNotPossible({ subject: `${service.plan.name}-${index}`, reason: "no-process" })
    ),
    Effect.as(index)
  )

const killing = (service: SupervisorService, index: number | undefined) =>
  Effect.map(chosen(service, index), ({ index, restarts }): Course<ChaosNotPossible> => ({
    begin: signalled(service, index, "SIGKILL"),
    last: Effect.map(service.status, ({ processes }) => {
      const now = processes.find((one) => one.index === index)
      return now === undefined || (now.restarts > restarts && now.state === "ready")
    }).pipe(
      Effect.repeat({ schedule: Schedule.spaced("100 millis"), until: (back) => back }),
      Effect.timeoutOption(longestAway)
    ),
    end: Effect.void
  }))

const pausing = (service: SupervisorService, index: number | undefined, seconds: number) =>
  Effect.map(chosen(service, index), ({ index, member }): Course<ChaosNotPossible> => ({
    begin: signalled(service, index, "SIGSTOP"),
    last: Effect.sleep(`${seconds} seconds`),
    // When it has died meanwhile, whoever took its place never stood still.
    end: Effect.asVoid(member.signal("SIGCONT"))
  }))

const again = Schedule.spaced("1 second").pipe(Schedule.intersect(Schedule.recurs(2)))

const stopping = (service: SupervisorService, seconds: number) =>
  Effect.map(service.status, ({ wanted }): Course<ChaosNotPossible> => ({
    begin: Effect.as(service.stop, null),
    last: Effect.sleep(`${seconds} seconds`),
    end: service.start.pipe(
      Effect.filterOrElse(({ wanted: now }) => now === wanted, () => service.scale(wanted)),
      Effect.retry({ schedule: again, while: ({ _tag }) => _tag === "NotReady" }),
      Effect.asVoid
    )
  }))

const scaling = (service: SupervisorService, count: number, seconds: number) =>
  Effect.map(service.status, ({ wanted }): Course<ChaosNotPossible> => ({
    begin: Effect.as(Effect.mapError(service.scale(count), notPossible), null),
    last: Effect.sleep(`${seconds} seconds`),
    // Somebody may have chosen another count for good, meanwhile.
    end: Effect.flatMap(
      service.status,
      ({ wanted: now }) => now === count ? Effect.asVoid(service.scale(wanted)) : Effect.void
    ).pipe(Effect.retry({ schedule: again, while: ({ _tag }) => _tag === "NotReady" }))
  }))

const courseOf = (service: SupervisorService, strike: ProcessStrike) => {
  switch (strike.kind) {
    case "kill":
      return killing(service, strike.index)
    case "pause":
      return pausing(service, strike.index, strike.seconds)
    case "stop":
      return stopping(service, strike.seconds)
    case "scale":
      return scaling(service, strike.processes, strike.seconds)
  }
}

export const make = (supervisor: Supervisor): ChaosProcesses => ({
  services: Effect.map(
    Effect.forEach(supervisor.services, viewOf),
    (views) => views.flat()
  ),
  course: (strike) =>
    Effect.gen(function*() {
      const service = yield* Effect.mapError(supervisor.service(strike.service), notPossible)
      const { wanted } = yield* service.status
      const refused = (reason: ChaosNotPossible["reason"]) =>
        new ChaosNotPossible({ subject: strike.service, reason })
      if (wanted === 0) return yield* refused("stopped")
      if (strike.kind === "scale" && service.plan.alone !== undefined) {
        return yield* refused(service.plan.alone)
      }
      return yield* courseOf(service, strike)
    })
})

/** The processes of one service: how many there are, and how they are replaced. */
import { NoSuchProcess, NotPossible, NotReady, type ServiceStatus } from "@saucier/runtime/SupervisorHttp"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as SupervisorMember from "./SupervisorMember.ts"
import type { ServicePlan } from "./SupervisorPlan.ts"
import { SupervisorTiming } from "./SupervisorTiming.ts"

type Members = ReadonlyArray<SupervisorMember.Member>

/** The lowest number that nobody has. */
const vacant = (members: Members) => {
  let index = 1
  while (members.some((member) => member.index === index)) index++
  return index
}

export const make = (plan: ServicePlan) =>
  Effect.gen(function*() {
    const { getReady } = yield* SupervisorTiming
    const context = yield* Effect.context<Effect.Effect.Context<ReturnType<typeof SupervisorMember.make>>>()
    const members = yield* Ref.make<Members>([])
    const wanted = yield* Ref.make(0)
    const alone = (yield* Effect.makeSemaphore(1)).withPermits(1)
    const numbering = yield* Effect.makeSemaphore(1)
    const { name: service } = plan

    const closed = yield* Ref.make(false)
    const refused = (reason: NotPossible["reason"]) => new NotPossible({ service, reason })

    const add = Effect.gen(function*() {
      if (yield* Ref.get(closed)) return yield* refused("stopping")
      const member = yield* SupervisorMember.make(plan, vacant(yield* Ref.get(members)))
      yield* Ref.update(members, Arr.append(member))
      return member
    }).pipe(numbering.withPermits(1), Effect.uninterruptible, Effect.provide(context))

    const remove = (member: SupervisorMember.Member) =>
      Effect.zipRight(
        member.stop,
        Ref.update(members, Arr.filter((other) => other !== member))
      )
    const removeAll = (some: Members) =>
      Effect.forEach(some, remove, { concurrency: "unbounded", discard: true })

    /** A member that does not get ready is taken back. */
    const orTakenBack = (member: SupervisorMember.Member) =>
      Effect.gen(function*() {
        const ready = yield* Effect.timeoutTo(member.becomesReady, {
          duration: getReady,
          onSuccess: (ready) => ready,
          onTimeout: () => false
        })
        if (ready) return
        const { ended } = yield* member.status
        yield* remove(member)
        yield* new NotReady({ service, index: member.index, ended })
      })

    const addReady = Effect.flatMap(add, orTakenBack)

    const status = Effect.gen(function*() {
      const all = yield* Effect.forEach(yield* Ref.get(members), ({ status }) => status)
      return {
        service,
        wanted: yield* Ref.get(wanted),
        processes: all.toSorted((a, b) => a.index - b.index)
      } satisfies ServiceStatus
    })

    const grow = (count: number) =>
      Effect.gen(function*() {
        const now = (yield* Ref.get(members)).length
        yield* Effect.replicateEffect(addReady, Math.max(count - now, 0), {
          concurrency: "unbounded",
          discard: true
        })
      }).pipe(Effect.ensuring(Effect.flatMap(Ref.get(members), ({ length }) => Ref.set(wanted, length))))

    const scale = (count: number) =>
      Effect.gen(function*() {
        if (plan.alone !== undefined && count > 1) return yield* refused(plan.alone)
        const now = yield* Ref.get(members)
        if (now.length === 0) return yield* refused("stopped")
        const newest = now.toSorted((a, b) => b.index - a.index)
        if (count < now.length) yield* Ref.set(wanted, count)
        yield* removeAll(newest.slice(0, Math.max(now.length - count, 0)))
        yield* grow(count)
        return yield* status
      })

    const replace = (old: SupervisorMember.Member) =>
      plan.alone === undefined
        ? Effect.zipRight(addReady, remove(old))
        : Effect.zipRight(remove(old), addReady)

    const restart = Effect.gen(function*() {
      const now = yield* Ref.get(members)
      if (now.length === 0) return yield* refused("stopped")
      yield* Effect.forEach(now, replace, { discard: true })
      return yield* status
    })

    const stop = Effect.gen(function*() {
      yield* Ref.set(wanted, 0)
      yield* removeAll(yield* Ref.get(members))
      return yield* status
    })

    const start = Effect.gen(function*() {
      if ((yield* Ref.get(members)).length > 0) return yield* status
      yield* grow(plan.count)
      return yield* status
    })

    return {
      plan,
      status,
      /** The first start: whatever happens, the processes stay and are started again. */
      open: Effect.gen(function*() {
        yield* Ref.set(wanted, plan.count)
        const opened = yield* Effect.orDie(Effect.replicateEffect(add, plan.count))
        return yield* Effect.forEach(
          opened,
          (member) => Effect.map(member.becomesReady, (ready) => ({ member, ready })),
          { concurrency: "unbounded" }
        )
      }),
      scale: (count: number) => alone(scale(count)),
      restart: alone(restart),
      stop: alone(stop),
      start: alone(start),
      /** Does not wait for what else goes on: everything ends. */
      end: Effect.zipRight(Ref.set(closed, true), Effect.flatMap(Ref.get(members), removeAll)),
      member: (index: number) =>
        Effect.flatMap(Ref.get(members), (all) =>
          Option.match(
            Arr.findFirst(all, (member) => member.index === index),
            {
              onNone: () => new NoSuchProcess({ service, index }),
              onSome: Effect.succeed
            }
          ))
    }
  })
export type SupervisorService = Effect.Effect.Success<ReturnType<typeof make>>

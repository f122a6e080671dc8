/**
 * Builds the next generation of the read model beside the serving one, then swaps.
 *
 * The next one replays the feeds up to the serving projections' checkpoints, never beyond, until both stand at the same
 * events in one transaction; from there the serving projections go on writing to it. A crash before leaves rows that no
 * reader sees and that the next rebuild removes. Each rebuild has a generation of its own, also when another process
 * began one meanwhile: the newer takes over.
 */
import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start } from "@saucier/eventsourcing/Event"
import { OrderFeed } from "@saucier/order/OrderFeed"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as DashboardGenerations from "./DashboardGenerations.ts"
import { DashboardHint } from "./DashboardHint.ts"
import { migrate } from "./DashboardMigrations.ts"
import { checkpoint } from "./DashboardProjections.ts"
import * as DashboardReplay from "./DashboardReplay.ts"
import { evolveDelivery, evolveOrder, evolvePayment } from "./OrderFacets.ts"
import type { RebuildProgress } from "./RebuildProgress.ts"

/** `start` begins a rebuild unless one is under way, and does not wait for it. */
export class DashboardRebuild extends Context.Tag("@saucier/dashboard/DashboardRebuild")<DashboardRebuild, {
  readonly start: Effect.Effect<RebuildProgress>
  readonly progress: Effect.Effect<RebuildProgress>
}>() {}

/** A round that replayed fewer events than this is close enough to try the swap. */
const close = 200

/** Stands at the newest generation that anybody began: a rebuild of another process that lasted longer cannot swap. */
const claims = "dashboard.rebuild"
const claimOf = (generation: number) => Position.make(String(generation))

const idle: RebuildProgress = { status: "idle", events: 0, changed: 0, millis: 0, detail: "" }

const make = Effect.gen(function*() {
  yield* migrate
  const checkpoints = yield* Checkpoints
  const generations = yield* DashboardGenerations.make
  const hint = yield* DashboardHint
  const scope = yield* Effect.scope
  const progress = yield* Ref.make(idle)
  const replays = [
    yield* DashboardReplay.make(checkpoint.order, yield* OrderFeed, evolveOrder),
    yield* DashboardReplay.make(checkpoint.payment, yield* PaymentFeed, evolvePayment),
    yield* DashboardReplay.make(checkpoint.delivery, yield* DeliveryFeed, evolveDelivery)
  ]

  const claim = Effect.gen(function*() {
    const before = yield* checkpoints.load(claims)
    const generation = Math.max(Number(before), yield* generations.serving) + 1
    yield* checkpoints.advance(claims, before, claimOf(generation), Effect.void)
    return generation
  })

  const rebuild = Effect.gen(function*() {
    const generation = yield* claim
    yield* generations.clear(generation)
    const feeds = replays.map(({ begin, name }) => ({ name, replay: begin(generation), position: start }))
    const done = (events: number) =>
      Ref.update(progress, (before) => ({ ...before, events: before.events + events }))

    const catchUp = Effect.gen(function*() {
      const { events } = yield* Ref.get(progress)
      for (const feed of feeds) {
        const target = yield* checkpoints.load(feed.name)
        yield* feed.replay(feed.position, target, done)
        feed.position = target
      }
      return (yield* Ref.get(progress)).events - events
    })

    /** Undefined when the serving projections have moved on since. */
    const swap = Effect.gen(function*() {
      yield* generations.hold
      for (const { name, position } of feeds) {
        if ((yield* checkpoints.load(name)) !== position) return undefined
      }
      return yield* generations.swap(generation)
    })

    while ((yield* catchUp) > close) yield* generations.adopt(generation)
    yield* generations.adopt(generation)
    let changed: number | undefined
    while (changed === undefined) {
      yield* catchUp
      changed = yield* checkpoints.advance(claims, claimOf(generation), claimOf(generation), swap)
    }
    yield* hint.wake
    yield* Effect.ignoreLogged(generations.clear(generation))
    return changed
  })

  const timed = Effect.gen(function*() {
    const began = yield* Clock.currentTimeMillis
    const ended = (outcome: Pick<RebuildProgress, "status" | "changed" | "detail">) =>
      Effect.flatMap(
        Clock.currentTimeMillis,
        (now) => Ref.update(progress, (before) => ({ ...before, ...outcome, millis: now - began }))
      )
    yield* Effect.matchCauseEffect(rebuild, {
      onSuccess: (changed) => ended({ status: "done", changed, detail: "" }),
      onFailure: (cause) =>
        Effect.zipRight(
          Effect.logError("The dashboard's rebuild failed; the old rows go on serving", cause),
          ended({ status: "failed", changed: 0, detail: Cause.pretty(cause).slice(0, 500) })
        )
    })
  })

  return DashboardRebuild.of({
    start: Effect.uninterruptible(
      Effect.flatMap(
        Ref.modify(progress, (before) => {
          const begins = before.status !== "running"
          return [begins, begins ? { ...idle, status: "running" as const } : before] as const
        }),
        (begins) => begins ? Effect.forkIn(Effect.interruptible(timed), scope) : Effect.void
      ).pipe(Effect.zipRight(Ref.get(progress)))
    ),
    progress: Ref.get(progress)
  })
})

export const layer = Layer.scoped(DashboardRebuild, make)

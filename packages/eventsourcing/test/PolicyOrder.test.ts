import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import * as CheckpointsMemory from "@saucier/eventsourcing/CheckpointsMemory"
import { type Position, type RecordedEvent, start, StreamId } from "@saucier/eventsourcing/Event"
import { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import * as Policy from "@saucier/eventsourcing/Policy"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { eventually, inVirtualTime, makeLog, unavailable } from "./SubscriptionWorld.ts"

/** Checkpoints of which some are forgotten, as if the process had died before it saved them. */
const forgetful = () => {
  const world = { forget: false, saved: new Array<Position>() }
  const checkpoints = Layer.effect(
    Checkpoints,
    Effect.map(Checkpoints, ({ advance, commit, load }) => ({
      load,
      advance,
      commit: <A, E, R>(name: string, position: Position, write: Effect.Effect<A, E, R>) => {
        world.saved.push(position)
        return world.forget ? write : commit(name, position, write)
      }
    }))
  ).pipe(Layer.provide(CheckpointsMemory.layer))
  return { world, layer: Layer.merge(checkpoints, ParkedEventsMemory.layer) }
}

const Fault = FastCheck.oneof(
  FastCheck.record({
    kind: FastCheck.constant("slow" as const),
    times: FastCheck.integer({ min: 0, max: 900 })
  }),
  FastCheck.record({
    kind: FastCheck.constant("transient" as const),
    times: FastCheck.integer({ min: 1, max: 4 })
  }),
  FastCheck.record({
    kind: FastCheck.constant("failing" as const),
    times: FastCheck.integer({ min: 1, max: 12 })
  })
)
type Fault = { readonly kind: "slow" | "transient" | "failing"; readonly times: number }

/** The other side: it knows a repeated event by its id, as an aggregate knows a repeated command. */
const makeReceiver = (faults: ReadonlyMap<string, Fault>) => {
  const applied = new Map<string, Array<number>>()
  const known = new Set<string>()
  const failures = new Map<string, number>()
  let deliveries = 0
  const handle = ({ eventId, streamId, version }: RecordedEvent): Effect.Effect<void, unknown> =>
    Effect.gen(function*() {
      const fault = faults.get(eventId)
      if (fault?.kind === "slow") yield* Effect.sleep(fault.times)
      else if (fault !== undefined) {
        const failed = failures.get(eventId) ?? 0
        failures.set(eventId, failed + 1)
        if (failed < fault.times) return yield* Effect.fail(fault.kind === "failing" ? "no" : unavailable)
      }
      deliveries += 1
      if (known.has(eventId)) return
      known.add(eventId)
      applied.set(streamId, [...applied.get(streamId) ?? [], version])
    })
  return { applied, known, handle, deliveries: () => deliveries }
}

const streams = FastCheck.array(FastCheck.constantFrom("a", "b", "c", "d", "e"), {
  minLength: 1,
  maxLength: 80
})
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe("Policy", () => {
  it.effect.prop(
    "applies each event once and in order per aggregate, whatever is slow, fails, crashes or is parked",
    {
      streams,
      faults: FastCheck.array(
        FastCheck.tuple(FastCheck.constantFrom("a", "b", "c"), FastCheck.integer({ min: 1, max: 12 }), Fault),
        {
          maxLength: 8
        }
      ),
      restarts: FastCheck.array(
        FastCheck.record({ after: FastCheck.integer({ min: 0, max: 1500 }), crash: FastCheck.boolean() }),
        { maxLength: 4 }
      ),
      concurrency: FastCheck.integer({ min: 1, max: 4 }),
      window: FastCheck.integer({ min: 1, max: 20 })
    },
    ({ concurrency, faults, restarts, streams, window }) =>
      Effect.suspend(() => {
        const log = makeLog(7)
        const { layer, world } = forgetful()
        const receiver = makeReceiver(new Map(faults.map(([stream, n, fault]) => [`${stream}/${n}`, fault])))
        const policy = Policy.make({
          name: "p",
          feed: log.feed,
          concurrency,
          window,
          maxTries: 3,
          handle: (_, recorded) => receiver.handle(recorded)
        })
        return inVirtualTime(Effect.provide(
          Effect.gen(function*() {
            const parked = yield* ParkedEvents
            const checkpoints = yield* Checkpoints
            yield* Effect.fork(
              Effect.forEach(streams, (stream) => Effect.delay(Effect.sync(() => log.append(stream)), 30))
            )
            for (const { after, crash } of restarts) {
              const running = yield* Effect.fork(Policy.run(policy))
              yield* Effect.sleep(after)
              world.forget = crash
              yield* Fiber.interrupt(running)
              world.forget = false
            }
            yield* Effect.fork(Policy.run(policy))
            yield* eventually(() => log.head() === String(streams.length))
            yield* eventually(() => Effect.map(checkpoints.load("p"), (position) => position === log.head()))
            yield* eventually(() =>
              Effect.gen(function*() {
                for (const stream of ["a", "b", "c"]) {
                  yield* parked.request("p", StreamId.make(stream), "retry")
                }
                return (yield* parked.list()).length === 0
              })
            )
            for (const stream of new Set(streams)) {
              assert.deepStrictEqual(
                receiver.applied.get(stream),
                upTo(streams.filter((other) => other === stream).length)
              )
            }
          }),
          layer
        ))
      }),
    { fastCheck: { numRuns: 50 } }
  )

  it.effect.prop(
    "never saves a checkpoint beyond an unfinished event",
    { streams, stuck: FastCheck.integer({ min: 0, max: 79 }) },
    ({ streams, stuck }) =>
      Effect.suspend(() => {
        const log = makeLog(7)
        const { layer, world } = forgetful()
        const events = streams.map((stream) => log.append(stream))
        const blocked = events[stuck % events.length]
        const policy = Policy.make({
          name: "p",
          feed: log.feed,
          handle: (_, recorded) =>
            recorded === blocked ? Effect.never : Effect.sleep(recorded.streamId === "a" ? 300 : 20)
        })
        return inVirtualTime(Effect.provide(
          Effect.gen(function*() {
            const running = yield* Effect.fork(Policy.run(policy))
            yield* Effect.sleep("30 seconds")
            yield* Fiber.interrupt(running)
            const before = events.indexOf(blocked ?? log.append("a"))
            for (const position of world.saved) assert.isAtMost(Number(position), before)
            const checkpoints = yield* Checkpoints
            assert.strictEqual(yield* checkpoints.load("p"), before === 0 ? start : String(before))
          }),
          layer
        ))
      }),
    { fastCheck: { numRuns: 40 } }
  )

  it.effect.prop(
    "leads to the same state when everything is delivered three times, the aggregates in any interleaving",
    { streams, seeds: FastCheck.tuple(FastCheck.nat(), FastCheck.nat()) },
    ({ seeds, streams }) =>
      Effect.suspend(() => {
        const receiver = makeReceiver(new Map())
        const shuffled = seeds.map((seed) =>
          streams.map((stream, index) => ({ stream, rank: ((index + 1) * (seed % 7919 + 1)) % 7919 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ stream }) => stream)
        )
        const deliver = (order: ReadonlyArray<string>) =>
          Effect.gen(function*() {
            const log = makeLog(7)
            for (const stream of order) log.append(stream)
            const checkpoints = yield* Checkpoints
            yield* checkpoints.commit("p", start, Effect.void)
            const running = yield* Effect.fork(Policy.run(Policy.make({
              name: "p",
              feed: log.feed,
              handle: (_, recorded) => receiver.handle(recorded)
            })))
            yield* eventually(() => Effect.map(checkpoints.load("p"), (position) => position === log.head()))
            yield* Fiber.interrupt(running)
          })
        return inVirtualTime(Effect.provide(
          Effect.gen(function*() {
            yield* deliver(streams)
            const once = structuredClone(receiver.applied)
            yield* Effect.forEach(shuffled, deliver)
            assert.strictEqual(receiver.deliveries(), 3 * streams.length)
            assert.deepStrictEqual(receiver.applied, once)
          }),
          forgetful().layer
        ))
      }),
    { fastCheck: { numRuns: 30 } }
  )
})

import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import * as CheckpointsMemory from "@saucier/eventsourcing/CheckpointsMemory"
import { start, StreamId } from "@saucier/eventsourcing/Event"
import { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import * as Policy from "@saucier/eventsourcing/Policy"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { eventually, inVirtualTime, makeLog, unavailable } from "./SubscriptionWorld.ts"

const memory = Layer.mergeAll(CheckpointsMemory.layer, ParkedEventsMemory.layer)

const test = <A, E>(title: string, body: () => Effect.Effect<A, E, Checkpoints | ParkedEvents>) =>
  it.effect(title, () => inVirtualTime(Effect.provide(Effect.suspend(body), memory)))

const checkpoint = Effect.flatMap(Checkpoints, (checkpoints) => checkpoints.load("p"))
const parkedIds = Effect.flatMap(
  ParkedEvents,
  (parked) => Effect.map(parked.list("p"), (all) => all.map(({ event }) => event.eventId))
)
const request = (streamId: string, what: "retry" | "skip") =>
  Effect.flatMap(ParkedEvents, (parked) => parked.request("p", StreamId.make(streamId), what))

/** A policy that notes what it handled, and consults `trouble` before. */
const noting = (log = makeLog()) => {
  const handled: Array<string> = []
  const trouble = new Map<string, Effect.Effect<void, unknown>>()
  const policy = Policy.make({
    name: "p",
    feed: log.feed,
    handles: (type) => type !== "Other",
    handle: (_, { eventId }) =>
      Effect.zipRight(
        Effect.suspend(() => trouble.get(eventId) ?? Effect.void),
        Effect.sync(() => handled.push(eventId))
      )
  })
  return { log, handled, trouble, policy }
}

describe("Policy", () => {
  test("handles what is recorded and what is still to come, and saves how far it came", () =>
    Effect.gen(function*() {
      const { handled, log, policy } = noting()
      log.append("a")
      log.append("b")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => handled.length === 2)
      log.append("a")
      yield* eventually(() => handled.length === 3)
      assert.deepStrictEqual(handled, ["a/1", "b/1", "a/2"])
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
    }))

  test("lets events that it does not handle pass undecoded, and moves the checkpoint past them", () =>
    Effect.gen(function*() {
      const { handled, log, policy } = noting()
      for (let i = 0; i < 500; i++) log.append(`s${i}`, "Other")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
      assert.strictEqual(log.decoded, 0)
      assert.deepStrictEqual(handled, [])
    }))

  test("serves other aggregates while one is stuck, and keeps the checkpoint before what is unfinished", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      const gate = yield* Effect.makeLatch(false)
      log.append("a")
      log.append("stuck")
      trouble.set("stuck/1", gate.await)
      for (let i = 0; i < 200; i++) log.append(i % 2 === 0 ? "stuck" : `s${i % 10}`)
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => handled.length === 101)
      yield* Effect.sleep("5 seconds")
      assert.isFalse(handled.some((id) => id.startsWith("stuck")))
      assert.strictEqual(yield* checkpoint, "1")
      yield* gate.open
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
      assert.deepStrictEqual(
        handled.filter((id) => id.startsWith("stuck")),
        Array.from({ length: 101 }, (_, i) => `stuck/${i + 1}`)
      )
    }))

  test("takes no more events than the window holds, nor more aggregates at once than it may", () =>
    Effect.gen(function*() {
      const log = makeLog(10)
      const gate = yield* Effect.makeLatch(false)
      const counts = { active: 0, most: 0, handled: 0 }
      for (let i = 0; i < 2000; i++) log.append(`s${i}`)
      const policy = Policy.make({
        name: "p",
        feed: log.feed,
        concurrency: 7,
        window: 100,
        handle: () =>
          Effect.gen(function*() {
            counts.active += 1
            counts.most = Math.max(counts.most, counts.active)
            yield* gate.await
            counts.active -= 1
            counts.handled += 1
          })
      })
      yield* Effect.fork(Policy.run(policy))
      yield* Effect.sleep("10 seconds")
      assert.strictEqual(counts.most, 7)
      assert.isAtMost(log.pulled, 110)
      yield* gate.open
      yield* eventually(() => counts.handled === 2000)
      assert.strictEqual(counts.most, 7)
    }))

  test("keeps serving with a window and a concurrency of one", () =>
    Effect.gen(function*() {
      const { handled, log, policy } = noting()
      for (let i = 0; i < 300; i++) log.append(`s${i % 7}`)
      yield* Effect.fork(Policy.run({ ...policy, concurrency: 1, window: 1 }))
      yield* eventually(() => handled.length === 300)
    }))

  test("parks a poisoned event after five tries and its stream behind it, while the rest goes on", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      const tries: Array<string> = []
      const poison = (id: string) =>
        Effect.zipRight(Effect.sync(() => tries.push(id)), Effect.fail(`no ${id}`))
      trouble.set("bad/2", poison("bad/2"))
      trouble.set("worse/1", Effect.zipRight(poison("worse/1"), Effect.dieMessage("bug")))
      for (const stream of ["bad", "good", "bad", "worse", "bad", "good"]) log.append(stream)
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
      log.append("bad")
      log.append("good")
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
      assert.deepStrictEqual([...handled].sort(), ["bad/1", "good/1", "good/2", "good/3"])
      assert.deepStrictEqual(yield* parkedIds, ["bad/2", "bad/3", "bad/4", "worse/1"])
      assert.deepStrictEqual([...tries].sort(), [...Array(5).fill("bad/2"), ...Array(5).fill("worse/1")])
      const [first, second] = yield* Effect.flatMap(ParkedEvents, (parked) => parked.list("p"))
      assert.include(first?.error, "no bad/2")
      assert.strictEqual(first?.tries, 5)
      assert.deepInclude(second, { error: null, tries: 0 })
    }))

  test("bounds the error that it writes down", () =>
    Effect.gen(function*() {
      const { log, policy, trouble } = noting()
      trouble.set("bad/1", Effect.fail("x".repeat(100_000)))
      log.append("bad")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(parkedIds, (ids) => ids.length === 1))
      const [first] = yield* Effect.flatMap(ParkedEvents, (parked) => parked.list("p"))
      assert.isAtMost(first?.error?.length ?? 0, 2048)
    }))

  test("handles parked events in order when asked to retry, those that arrived meanwhile included", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      trouble.set("bad/1", Effect.fail("no"))
      for (let i = 0; i < 3; i++) log.append("bad")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(parkedIds, (ids) => ids.length === 3))
      trouble.set("bad/1", Effect.sleep("3 seconds"))
      assert.isTrue(yield* request("bad", "retry"))
      yield* Effect.sleep("2 seconds")
      for (let i = 0; i < 2; i++) log.append("bad")
      yield* eventually(() => handled.length === 5)
      assert.deepStrictEqual(handled, ["bad/1", "bad/2", "bad/3", "bad/4", "bad/5"])
      assert.deepStrictEqual(yield* parkedIds, [])
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
    }))

  test("drops only the first parked event when asked to skip, and stops at the next one that fails", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      trouble.set("bad/1", Effect.fail("no"))
      trouble.set("bad/3", Effect.fail("neither"))
      for (let i = 0; i < 4; i++) log.append("bad")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(parkedIds, (ids) => ids.length === 4))
      yield* request("bad", "skip")
      // bad/3 is new to failing: it is tried as often as any other before it waits for the operator.
      yield* Effect.sleep("8 seconds")
      assert.deepStrictEqual(handled, ["bad/2"])
      const [first, second] = yield* Effect.flatMap(ParkedEvents, (parked) => parked.list("p"))
      assert.deepInclude(first, { request: null, tries: 5 })
      assert.include(first?.error, "neither")
      assert.strictEqual(second?.event.eventId, "bad/4")
      yield* request("bad", "retry")
      yield* eventually(() =>
        Effect.map(
          Effect.flatMap(ParkedEvents, (parked) => parked.list("p")),
          ([first]) => first?.tries === 6 && first.request === null
        )
      )
      trouble.clear()
      yield* request("bad", "retry")
      yield* eventually(() => handled.length === 3)
      assert.deepStrictEqual(handled, ["bad/2", "bad/3", "bad/4"])
      assert.deepStrictEqual(yield* parkedIds, [])
    }))

  test("tries a parked event again without being asked, each time after twice as long", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      const tries: Array<number> = []
      const noted = Effect.map(Clock.currentTimeMillis, (now) => tries.push(now))
      trouble.set("bad/1", Effect.zipRight(noted, Effect.fail("no")))
      log.append("bad")
      log.append("bad")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => tries.length === 9)
      const pauses = tries.slice(5).map((at, index) => Math.round((at - (tries[index + 4] ?? 0)) / 5000) * 5)
      assert.deepStrictEqual(pauses, [10, 20, 40, 80])
      trouble.clear()
      yield* eventually(() => handled.length === 2)
      assert.deepStrictEqual(yield* parkedIds, [])
    }))

  test("never parks what the infrastructure delays, whether it fails, dies or interrupts", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      trouble.set("a/1", Effect.fail(unavailable))
      trouble.set("b/1", Effect.die(unavailable))
      trouble.set("c/1", Effect.interrupt)
      for (const stream of ["a", "b", "c", "d", "a"]) log.append(stream)
      yield* Effect.fork(Policy.run(policy))
      yield* Effect.sleep("5 minutes")
      assert.deepStrictEqual(handled, ["d/1"])
      assert.deepStrictEqual(yield* parkedIds, [])
      assert.strictEqual(yield* checkpoint, start)
      trouble.clear()
      yield* eventually(() => handled.length === 5)
    }))

  test("parks an event of a type it does not know, until a newer version knows it", () =>
    Effect.gen(function*() {
      const { handled, log, policy } = noting()
      log.append("a", "Newer")
      log.append("a")
      log.append("b")
      const old = yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
      assert.deepStrictEqual(handled, ["b/1"])
      assert.deepStrictEqual(yield* parkedIds, ["a/1", "a/2"])
      yield* Fiber.interrupt(old)
      log.known.add("Newer")
      yield* Effect.fork(Policy.run(policy))
      yield* request("a", "retry")
      yield* eventually(() => handled.length === 3)
      assert.deepStrictEqual(handled, ["b/1", "a/1", "a/2"])
    }))

  test("repeats what was not yet behind the checkpoint when it crashed, and nothing that was parked", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      const checkpoints = yield* Checkpoints
      trouble.set("bad/2", Effect.fail("no"))
      for (const stream of ["bad", "a", "bad", "bad"]) log.append(stream)
      const first = yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(parkedIds, (ids) => ids.length === 2))
      yield* Fiber.interrupt(first)
      yield* checkpoints.commit("p", start, Effect.void)
      trouble.clear()
      log.append("bad")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(checkpoint, (position) => position === log.head()))
      assert.deepStrictEqual(handled, ["bad/1", "a/1", "a/1"])
      assert.deepStrictEqual(yield* parkedIds, ["bad/2", "bad/3", "bad/4"])
    }))

  test("interrupts what is under way when it ends, and saves the checkpoint before it", () =>
    Effect.gen(function*() {
      const { handled, log, policy, trouble } = noting()
      const interrupted: Array<string> = []
      trouble.set("b/1", Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted.push("b/1"))))
      for (const stream of ["a", "b", "c"]) log.append(stream)
      const fiber = yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => handled.length === 2)
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(interrupted, ["b/1"])
      assert.strictEqual(yield* checkpoint, "1")
    }))

  test("saves on ending what it has handled since it saved last", () =>
    Effect.gen(function*() {
      const { handled, log, policy } = noting()
      log.append("a")
      const fiber = yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(checkpoint, (position) => position === "1"))
      log.append("a")
      yield* eventually(() => handled.length === 2)
      assert.strictEqual(yield* checkpoint, "1")
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(yield* checkpoint, "2")
    }))

  test("takes up a feed that breaks off where it stopped", () =>
    Effect.gen(function*() {
      const { handled, log, policy } = noting()
      log.breakOff(3)
      for (let i = 0; i < 20; i++) log.append("a")
      yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => handled.length === 20)
      log.breakOff(5)
      yield* Effect.sleep("1 second")
      log.append("a")
      yield* eventually(() => handled.length === 21)
      assert.strictEqual(log.pulled, 21)
    }))
})

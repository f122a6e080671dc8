import { assert, describe, it } from "@effect/vitest"
import * as CheckpointsMemory from "@saucier/eventsourcing/CheckpointsMemory"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import * as Reminder from "@saucier/eventsourcing/Reminder"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as RemindersMemory from "@saucier/eventsourcing/RemindersMemory"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { eventually, inVirtualTime, makeLog } from "./SubscriptionWorld.ts"

const memory = Layer.mergeAll(CheckpointsMemory.layer, ParkedEventsMemory.layer, RemindersMemory.layer)

const test = <A, E>(title: string, body: () => Effect.Effect<A, E, Layer.Layer.Success<typeof memory>>) =>
  it.effect(title, () => inVirtualTime(Effect.provide(Effect.suspend(body), memory)))

/** Due ten seconds after a stream's odd versions, cleared by its even ones. */
const timing = () => {
  const log = makeLog()
  const fired: Array<readonly [string, number]> = []
  const trouble = new Map<string, Effect.Effect<void, unknown>>()
  const reminder = Reminder.make({
    name: "r",
    feed: log.feed,
    handles: (type) => type !== "Other",
    schedule: (event, recorded) =>
      event.n % 2 === 0 ? { _tag: "Clear" } : { _tag: "At", dueAt: recorded.occurredAt + 10_000 },
    fire: (streamId) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        fired.push([streamId, now])
        return trouble.get(streamId) ?? Effect.void
      })
  })
  return { fired, log, reminder, trouble }
}

const due = Effect.flatMap(Reminders, (reminders) => reminders.due("r", Number.MAX_SAFE_INTEGER, 10))

describe("Reminder", () => {
  test("fires at its time, not before, and not while an event clears it", () =>
    Effect.gen(function*() {
      const { fired, log, reminder } = timing()
      for (const stream of ["a", "b", "b", "c"]) log.append(stream)
      yield* Effect.fork(Reminder.run(reminder))
      yield* Effect.sleep(9_999)
      assert.deepStrictEqual(fired, [])
      yield* Effect.sleep(1_001)
      assert.deepStrictEqual(fired.map(([stream]) => stream).sort(), ["a", "c"])
      for (const [, at] of fired) assert.isTrue(at >= 10_000 && at <= 11_000, String(at))
    }))

  test("fires once, and again only after a pause while no event has changed it", () =>
    Effect.gen(function*() {
      const { fired, log, reminder } = timing()
      log.append("a")
      yield* Effect.fork(Reminder.run(reminder))
      yield* Effect.sleep(14_900)
      assert.strictEqual(fired.length, 1)
      yield* Effect.sleep(1_100)
      assert.strictEqual(fired.length, 2)
      log.append("a")
      yield* eventually(() => Effect.map(due, (all) => all.length === 0))
      yield* Effect.sleep("10 minutes")
      assert.strictEqual(fired.length, 2)
    }))

  test("fires again when firing failed, died or never ended, and fires the others meanwhile", () =>
    Effect.gen(function*() {
      const { fired, log, reminder, trouble } = timing()
      trouble.set("a", Effect.fail("no"))
      trouble.set("b", Effect.dieMessage("bug"))
      trouble.set("c", Effect.never)
      for (const stream of ["a", "b", "c", "d"]) log.append(stream)
      yield* Effect.fork(Reminder.run(reminder))
      yield* Effect.sleep(11_000)
      assert.deepStrictEqual(fired.map(([stream]) => stream).sort(), ["a", "b", "c", "d"])
      yield* Effect.sleep(5_000)
      assert.deepStrictEqual(fired.slice(4).map(([stream]) => stream).sort(), ["a", "b", "d"])
    }))

  test("fires again as its schedule says, begins anew after an event, and ends with its schedule", () =>
    Effect.gen(function*() {
      const { fired, log, reminder } = timing()
      const again = Schedule.exponential("1 second", 3).pipe(Schedule.intersect(Schedule.recurs(2)))
      log.append("a")
      yield* Effect.fork(Reminder.run({ ...reminder, again }))
      yield* Effect.sleep("10 minutes")
      const pauses = () => fired.slice(1).map(([, at], index) => at - (fired[index]?.[1] ?? 0))
      assert.deepStrictEqual(pauses().map((millis) => Math.round(millis / 1000)), [1, 3])
      log.append("a")
      log.append("a")
      yield* Effect.sleep("10 minutes")
      assert.deepStrictEqual(pauses().slice(3).map((millis) => Math.round(millis / 1000)), [1, 3])
    }))

  test("survives a restart between being set and being due, and one while it fires", () =>
    Effect.gen(function*() {
      const { fired, log, reminder, trouble } = timing()
      trouble.set("a", Effect.never)
      log.append("a")
      const first = yield* Effect.fork(Reminder.run(reminder))
      yield* Effect.sleep(5_000)
      yield* Fiber.interrupt(first)
      const second = yield* Effect.fork(Reminder.run(reminder))
      yield* eventually(() => fired.length === 1)
      yield* Fiber.interrupt(second)
      trouble.clear()
      yield* Effect.fork(Reminder.run(reminder))
      yield* eventually(() => fired.length === 2)
      for (const [index, [, at]] of fired.entries()) {
        assert.isTrue(at >= 10_000 + 5_000 * index && at <= 11_000 + 5_000 * index + 1_000, String(at))
      }
    }))

  test("fires a thousand within a second of their time", () =>
    Effect.gen(function*() {
      const { fired, log, reminder } = timing()
      for (let i = 0; i < 1000; i++) log.append(`s${i}`)
      yield* Effect.fork(Reminder.run(reminder))
      yield* Effect.sleep(9_999)
      assert.deepStrictEqual(fired, [])
      yield* Effect.sleep(1_001)
      assert.lengthOf(new Set(fired.map(([stream]) => stream)), 1000)
    }))

  test("fires a thousand that are due at once, each of them", () =>
    Effect.gen(function*() {
      const { fired, log, reminder, trouble } = timing()
      for (let i = 0; i < 1000; i++) {
        log.append(`s${i}`)
        trouble.set(`s${i}`, Effect.sleep(5))
      }
      yield* Effect.sleep(20_000)
      yield* Effect.fork(Reminder.run(reminder))
      yield* eventually(() => new Set(fired.map(([stream]) => stream)).size === 1000)
    }))
})

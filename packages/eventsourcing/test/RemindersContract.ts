/** What every adapter of Reminders must hold. */
import { assert, describe, it } from "@effect/vitest"
import { StreamId } from "@saucier/eventsourcing/Event"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"

const [a, b, c] = [StreamId.make("a"), StreamId.make("b"), StreamId.make("c")]

export const remindersContract = <E>(adapter: string, layer: Layer.Layer<Reminders, E>) => {
  const test = <A, E2>(title: string, body: Effect.Effect<A, E2, Reminders>) =>
    it.live(title, () => Effect.provide(body, layer))

  describe(`${adapter} as reminders`, () => {
    test(
      "gives those whose time has come, the earliest first, at most the limit",
      Effect.gen(function*() {
        const reminders = yield* Reminders
        yield* reminders.set("settle", [{ streamId: a, dueAt: 300 }])
        yield* reminders.set("settle", [{ streamId: b, dueAt: 100 }, { streamId: c, dueAt: 200 }])
        assert.deepStrictEqual(yield* reminders.due("settle", 99, 10), [])
        assert.deepStrictEqual(yield* reminders.due("settle", 200, 10), [
          { streamId: b, dueAt: 100 },
          { streamId: c, dueAt: 200 }
        ])
        assert.deepStrictEqual((yield* reminders.due("settle", 1000, 2)).map(({ streamId }) => streamId), [
          b,
          c
        ])
      })
    )

    test(
      "keeps one time per name and stream, until it is cleared",
      Effect.gen(function*() {
        const reminders = yield* Reminders
        yield* reminders.set("settle", [{ streamId: a, dueAt: 300 }, { streamId: b, dueAt: 400 }])
        yield* reminders.set("settle", [{ streamId: a, dueAt: 100 }])
        yield* reminders.set("refund", [{ streamId: a, dueAt: 50 }])
        yield* reminders.clear("settle", [c, b])
        assert.deepStrictEqual(yield* reminders.due("settle", 1000, 10), [{ streamId: a, dueAt: 100 }])
        yield* reminders.clear("settle", [a])
        yield* reminders.clear("settle", [a])
        assert.deepStrictEqual(yield* reminders.due("settle", 1000, 10), [])
        assert.deepStrictEqual(yield* reminders.due("refund", 1000, 10), [{ streamId: a, dueAt: 50 }])
      })
    )
  })
}

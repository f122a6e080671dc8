/** What every adapter of Checkpoints must hold. */
import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"

export const checkpointsContract = <E>(adapter: string, layer: Layer.Layer<Checkpoints, E>) => {
  const test = <A, E2>(title: string, body: Effect.Effect<A, E2, Checkpoints>) =>
    it.live(title, () => Effect.provide(body, layer))

  describe(`${adapter} as checkpoints`, () => {
    test(
      "begins at the start for a name never committed",
      Effect.gen(function*() {
        const checkpoints = yield* Checkpoints
        assert.strictEqual(yield* checkpoints.load("new"), start)
      })
    )

    test(
      "remembers the last position of each name, and passes on what the write gave",
      Effect.gen(function*() {
        const checkpoints = yield* Checkpoints
        assert.strictEqual(
          yield* checkpoints.commit("a", Position.make("1"), Effect.succeed("written")),
          "written"
        )
        yield* checkpoints.commit("b", Position.make("7"), Effect.void)
        yield* checkpoints.commit("a", Position.make("2"), Effect.void)
        assert.deepStrictEqual([yield* checkpoints.load("a"), yield* checkpoints.load("b")], ["2", "7"])
      })
    )

    test(
      "stays where it was when the write fails, dies or is interrupted",
      Effect.gen(function*() {
        const checkpoints = yield* Checkpoints
        yield* checkpoints.commit("a", Position.make("1"), Effect.void)
        const next = Position.make("2")
        assert.strictEqual(
          yield* Effect.flip(checkpoints.commit("a", next, Effect.fail("refused"))),
          "refused"
        )
        assert(Exit.isFailure(yield* Effect.exit(checkpoints.commit("a", next, Effect.die("bug")))))
        assert(Exit.isFailure(yield* Effect.exit(checkpoints.commit("a", next, Effect.interrupt))))
        assert.strictEqual(yield* checkpoints.load("a"), "1")
        yield* checkpoints.commit("a", next, Effect.void)
        assert.strictEqual(yield* checkpoints.load("a"), "2")
      })
    )

    test(
      "commits for many at once",
      Effect.gen(function*() {
        const checkpoints = yield* Checkpoints
        const names = Array.from({ length: 64 }, (_, index) => `n${index}`)
        yield* Effect.forEach(
          names,
          (name) => checkpoints.commit(name, Position.make(name), Effect.yieldNow()),
          { concurrency: "unbounded" }
        )
        for (const name of names) assert.strictEqual(yield* checkpoints.load(name), name)
      })
    )
  })
}

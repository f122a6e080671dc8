/** What every adapter of Checkpoints must hold. */
import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start } from "@saucier/eventsourcing/Event"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
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
      "advances from where it stands, and refuses everything of whoever believes that it stands elsewhere",
      Effect.gen(function*() {
        const checkpoints = yield* Checkpoints
        const [one, two] = [Position.make("1"), Position.make("2")]
        assert.strictEqual(yield* checkpoints.advance("a", start, one, Effect.succeed("written")), "written")
        const late = yield* Effect.flip(checkpoints.advance("a", start, two, Effect.void))
        assert.strictEqual(late._tag, "CheckpointMoved")
        const early = yield* Effect.flip(checkpoints.advance("b", one, two, Effect.void))
        assert.strictEqual(early._tag, "CheckpointMoved")
        assert.deepStrictEqual([yield* checkpoints.load("a"), yield* checkpoints.load("b")], ["1", start])
        yield* checkpoints.advance("a", one, two, checkpoints.load("a"))
        yield* checkpoints.advance("a", two, two, Effect.void)
        assert.strictEqual(
          yield* Effect.flip(checkpoints.advance("a", two, one, Effect.fail("refused"))),
          "refused"
        )
        assert.strictEqual(yield* checkpoints.load("a"), "2")
      })
    )

    test(
      "lets one of many advance who all begin where it stands",
      Effect.gen(function*() {
        const checkpoints = yield* Checkpoints
        for (const [from, to] of [[start, "1"], ["1", "2"]] as const) {
          const advance = checkpoints.advance("a", Position.make(from), Position.make(to), Effect.yieldNow())
          const all = yield* Effect.all(Array.replicate(Effect.either(advance), 4), {
            concurrency: "unbounded"
          })
          assert.strictEqual(all.filter(Either.isRight).length, 1)
          assert.strictEqual(yield* checkpoints.load("a"), Position.make(to))
        }
      })
    )

    test(
      "commits for many at once",
      Effect.gen(function*() {
        const checkpoints = yield* Checkpoints
        const names = Array.makeBy(64, (index) => `n${index}`)
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

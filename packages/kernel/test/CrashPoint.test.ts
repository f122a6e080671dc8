import { assert, describe, it } from "@effect/vitest"
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Effect from "effect/Effect"

const names = (): ReadonlyArray<CrashPoint.Name> => ["commit OrderPaid", "commit OrderPreparing"]

describe("a crash point", () => {
  it.effect("is nothing at all where nobody watches", () =>
    Effect.gen(function*() {
      const around = yield* CrashPoint.around
      const work = Effect.succeed(1)
      assert.strictEqual(around(() => assert.fail("asked for its name"))(work), work)
    }))

  it.effect("is told before and after the work, by each of its names, also when the work fails", () =>
    Effect.gen(function*() {
      const told: Array<string> = []
      const watch: CrashPoint.Watcher = (name, side) => told.push(`${side} ${name}`)
      const around = yield* Effect.locally(CrashPoint.around, CrashPoint.watcher, watch)
      const work = Effect.zipRight(Effect.sync(() => told.push("work")), Effect.fail("no"))
      assert.strictEqual(yield* Effect.flip(around(names)(work)), "no")
      assert.deepStrictEqual(told, [
        "before commit OrderPaid",
        "before commit OrderPreparing",
        "work",
        "after commit OrderPaid",
        "after commit OrderPreparing"
      ])
    }))

  it.effect("has no second side for work that is interrupted", () =>
    Effect.gen(function*() {
      const told: Array<string> = []
      const watch: CrashPoint.Watcher = (name, side) => told.push(`${side} ${name}`)
      const around = yield* Effect.locally(CrashPoint.around, CrashPoint.watcher, watch)
      yield* Effect.exit(around(() => ["provider charge"])(Effect.interrupt))
      assert.deepStrictEqual(told, ["before provider charge"])
    }))
})

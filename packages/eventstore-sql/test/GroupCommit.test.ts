import { assert, describe, it } from "@effect/vitest"
import * as GroupCommit from "@saucier/eventstore-sql/GroupCommit"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"

const options = {
  gather: Effect.void,
  isolate: (failure: string) => failure === "guilty",
  closed: "closed",
  batchSize: 256,
  capacity: 4096
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Commits by doubling; odd items are refused, a batch with 13 in it fails as a whole. */
const doubling = (batches: Array<ReadonlyArray<number>>) => (items: ReadonlyArray<number>) => {
  batches.push(items)
  return items.includes(13)
    ? Effect.fail("guilty")
    : Effect.succeed(items.map((item) => item % 2 === 0 ? Either.right(item * 2) : Either.left("odd")))
}

describe("GroupCommit", () => {
  it.scoped("commits what waits together, and refuses one alone", () =>
    Effect.gen(function*() {
      const batches: Array<ReadonlyArray<number>> = []
      const group = yield* GroupCommit.make({ ...options, commit: doubling(batches) })
      const replies = yield* Effect.forEach(
        upTo(12),
        (item) => Effect.either(group.submit(item)),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(
        replies,
        upTo(12).map((n) => n % 2 === 0 ? Either.right(n * 2) : Either.left("odd"))
      )
      assert.deepStrictEqual(batches, [upTo(12)])
      assert.strictEqual(yield* group.submit(20), 40)
      assert.deepStrictEqual(batches.at(-1), [20])
    }))

  it.scoped("takes no more than a batch at once, and lets no more wait than there is room for", () =>
    Effect.gen(function*() {
      const batches: Array<ReadonlyArray<number>> = []
      const group = yield* GroupCommit.make({
        ...options,
        batchSize: 8,
        capacity: 20,
        commit: doubling(batches)
      })
      const even = upTo(100).map((n) => n * 2)
      yield* Effect.forEach(even, group.submit, { concurrency: "unbounded" })
      assert.deepStrictEqual(batches.flat(), even)
      assert.isAtMost(Math.max(...batches.map((batch) => batch.length)), 8)
    }))

  it.scoped("fails alone the one that makes its batch fail", () =>
    Effect.gen(function*() {
      const group = yield* GroupCommit.make({ ...options, commit: doubling([]) })
      const exits = yield* Effect.forEach([2, 13, 4, 6], (item) => Effect.exit(group.submit(item)), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(exits, [Exit.succeed(4), Exit.fail("guilty"), Exit.succeed(8), Exit.succeed(12)])
    }))

  it.scoped("tells everyone of a failure that is nobody's fault, and goes on; also after a bug", () =>
    Effect.gen(function*() {
      let outage: Effect.Effect<never, string> | undefined = Effect.fail("down")
      const commit = doubling([])
      const group = yield* GroupCommit.make({
        ...options,
        commit: (items: ReadonlyArray<number>) => outage ?? commit(items)
      })
      const both = Effect.forEach([2, 4], (item) => Effect.exit(group.submit(item)), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(yield* both, [Exit.fail("down"), Exit.fail("down")])
      outage = Effect.die("bug")
      assert.deepStrictEqual(yield* both, [Exit.die("bug"), Exit.die("bug")])
      outage = undefined
      assert.deepStrictEqual(yield* both, [Exit.succeed(4), Exit.succeed(8)])
    }))

  it.scoped("takes back what is interrupted before its turn, and tells the rest when it closes", () =>
    Effect.gen(function*() {
      const batches: Array<ReadonlyArray<number>> = []
      const begun = yield* Deferred.make<void>()
      const finish = yield* Deferred.make<void>()
      const scope = yield* Scope.make()
      const group = yield* Scope.extend(
        GroupCommit.make({
          ...options,
          batchSize: 1,
          commit: (items: ReadonlyArray<number>) =>
            Deferred.succeed(begun, undefined).pipe(
              Effect.zipRight(Deferred.await(finish)),
              Effect.zipRight(Effect.suspend(() => doubling(batches)(items)))
            )
        }),
        scope
      )
      const [first, second, third] = [
        yield* Effect.fork(group.submit(2)),
        yield* Effect.fork(group.submit(4)),
        yield* Effect.fork(Effect.exit(group.submit(6)))
      ]
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(second)
      const closing = yield* Effect.fork(Scope.close(scope, Exit.void))
      yield* Effect.yieldNow()
      yield* Deferred.succeed(finish, undefined)
      yield* Fiber.join(closing)
      assert.strictEqual(yield* Fiber.join(first), 4)
      assert.deepStrictEqual(yield* Fiber.join(third), Exit.fail("closed"))
      assert.deepStrictEqual(yield* Effect.exit(group.submit(8)), Exit.fail("closed"))
      assert.deepStrictEqual(batches, [[2]])
    }))
})

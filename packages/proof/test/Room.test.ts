import { assert, describe, it } from "@effect/vitest"
import * as Room from "@saucier/proof/Room"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"

describe("a room", () => {
  it.live("whoever measures is alone, and whoever comes after him waits for him", () =>
    Effect.gen(function*() {
      const room = yield* Room.make(2)
      const began: Array<string> = []
      const begin = (name: string) => Effect.sync(() => void began.push(name))
      const over = yield* Deferred.make<void>()
      const first = yield* Effect.fork(room.beside(Effect.zipRight(begin("first"), Deferred.await(over))))
      yield* Effect.yieldNow()
      const measures = Effect.gen(function*() {
        yield* begin("measures")
        yield* Effect.sleep("20 millis")
        yield* begin("has measured")
      })
      const second = yield* Effect.fork(room.alone(measures))
      yield* Effect.yieldNow()
      const third = yield* Effect.fork(room.beside(begin("third")))
      yield* Effect.sleep("20 millis")
      assert.deepStrictEqual(began, ["first"])
      yield* Deferred.succeed(over, undefined)
      yield* Fiber.joinAll([first, second, third])
      assert.deepStrictEqual(began, ["first", "measures", "has measured", "third"])
    }))

  it.live("whoever has measured leaves it to the others while he waits, and leaves it once", () =>
    Effect.gen(function*() {
      const room = yield* Room.make(2)
      const waits = Effect.zipRight(Room.leave, Effect.never)
      const waiting = yield* Effect.fork(room.alone(waits))
      yield* room.alone(Effect.zipRight(Room.leave, Room.leave))
      yield* Fiber.interrupt(waiting)
      const inside = yield* Deferred.make<void>()
      const alone = yield* Effect.fork(
        room.alone(Effect.zipRight(Deferred.succeed(inside, undefined), Effect.never))
      )
      yield* Deferred.await(inside)
      const next = yield* Effect.fork(room.beside(Effect.void))
      yield* Effect.sleep("20 millis")
      assert.isNull(yield* Fiber.poll(next).pipe(Effect.map((exit) => exit._tag === "None" ? null : exit)))
      yield* Fiber.interrupt(alone)
      yield* Fiber.join(next)
    }))
})

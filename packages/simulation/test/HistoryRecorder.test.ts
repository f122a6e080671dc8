import { assert, describe, it } from "@effect/vitest"
import { Line } from "@saucier/simulation/History"
import * as HistoryRecorder from "@saucier/simulation/HistoryRecorder"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import { orderId, read } from "./Evidences.ts"

const seen = { orderId: orderId(1), status: "Paid" as const, version: 2 }
const judge = (error: string) => error === "no" ? "OrderNotFound" : undefined

describe("a recorder", () => {
  it.effect("notes what was answered, what was certainly refused, and what nobody knows", () =>
    Effect.gen(function*() {
      const { operations, record } = HistoryRecorder.make()
      yield* record("a", read(1), Effect.succeed(seen), judge)
      yield* record("a", read(1), Effect.fail("no"), judge)
      yield* record("a", read(1), Effect.fail("timeout"), judge)
      yield* record("a", read(1), Effect.die("a bug"), judge)
      const tags = operations().map(({ outcome }) => outcome._tag)
      assert.deepStrictEqual(tags, ["Ok", "Failed", "Unknown", "Unknown"])
    }))

  it.effect("leaves open what its caller gave up", () =>
    Effect.gen(function*() {
      const { operations, record } = HistoryRecorder.make()
      const fiber = yield* Effect.fork(record("a", read(1), Effect.never, judge))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(operations().map(({ outcome }) => outcome._tag), ["Unknown"])
    }))

  it.effect("numbers beginnings and ends as they happened, also within one millisecond", () =>
    Effect.gen(function*() {
      const { operations, record } = HistoryRecorder.make()
      const inner = record("b", read(1), Effect.succeed(seen), judge)
      yield* record("a", read(1), Effect.as(inner, seen), judge)
      assert.deepStrictEqual(
        operations().map(({ client, completed, invoked }) => [client, invoked, completed]),
        [["b", 1, 2], ["a", 0, 3]]
      )
    }))

  it.effect("gives lines that can be read back", () =>
    Effect.gen(function*() {
      const { operations, record } = HistoryRecorder.make()
      yield* record("a", read(1), Effect.succeed(seen), judge)
      for (const operation of operations()) {
        const line = yield* Schema.encode(Line)(operation)
        assert.deepStrictEqual(yield* Schema.decode(Line)(line), operation)
      }
    }))
})

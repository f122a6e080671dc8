import { assert, describe, it } from "@effect/vitest"
import { Position } from "@saucier/eventsourcing/Event"
import * as SubscriptionCheckpoint from "@saucier/eventsourcing/SubscriptionCheckpoint"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as TestClock from "effect/TestClock"

describe("a checkpoint", () => {
  it.scoped("that cannot be saved is told of once an outage, and saved when it is over", () => {
    const warnings: Array<unknown> = []
    const noted = Logger.make(({ logLevel, message }) => {
      if (LogLevel.greaterThanEqual(logLevel, LogLevel.Warning)) warnings.push(message)
    })
    return Effect.gen(function*() {
      let away = false
      let last = 0
      const checkpoint = yield* SubscriptionCheckpoint.make({
        loaded: Position.make("0"),
        move: () => away ? Effect.fail("away") : Effect.void,
        watermark: () => Position.make(`${last}`),
        turn: yield* Effect.makeSemaphore(1)
      })
      const pass = (outage: boolean) =>
        Effect.suspend(() => {
          away = outage
          last++
          checkpoint.moved()
          return TestClock.adjust("2 seconds")
        })
      yield* pass(true)
      assert.strictEqual(warnings.length, 1)
      yield* pass(false)
      assert.strictEqual(checkpoint.at(), "2")
      yield* pass(true)
      assert.strictEqual(warnings.length, 2)
    }).pipe(Effect.provide(Logger.replace(Logger.defaultLogger, noted)))
  })
})

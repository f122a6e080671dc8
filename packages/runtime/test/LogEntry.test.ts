import { assert, describe, it } from "@effect/vitest"
import * as LogEntry from "@saucier/runtime/LogEntry"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as Schema from "effect/Schema"

const parse = Schema.decodeUnknownSync(
  Schema.parseJson(Schema.Record({ key: Schema.String, value: Schema.Unknown }))
)

const lineOf = (work: Effect.Effect<void>) =>
  Effect.map(
    Effect.suspend(() => {
      const lines: Array<string> = []
      const logger = Logger.make<unknown, void>((options) => {
        lines.push(LogEntry.json(LogEntry.make("order", options)))
      })
      return Effect.as(Effect.provide(work, Logger.replace(Logger.defaultLogger, logger)), lines)
    }),
    ([line = "{}"]) => ({ line, entry: parse(line) })
  )

const order = "ord_01h455vb4pex5vsknk084sn02q"

describe("a line of the log", () => {
  it.effect("says when, how grave, what, who, and in which span of which trace", () =>
    Effect.gen(function*() {
      const { entry } = yield* lineOf(
        Effect.logWarning("It is late").pipe(Effect.annotateLogs({ attempt: 3 }), Effect.withSpan("work"))
      )
      const { span_id: spanId, time, trace_id: traceId, ...rest } = entry
      assert.match(String(time), /^\d{4}-.*Z$/)
      assert.match(String(traceId), /^[0-9a-f]{32}$/)
      assert.match(String(spanId), /^[0-9a-f]{16}$/)
      assert.deepStrictEqual(rest, { level: "WARN", message: "It is late", service: "order", attempt: 3 })
    }))

  it.effect.each([
    { event: `order-${order}/3` },
    { stream: "payment-pay_01h455vb4pex5vsknk084sn02q" },
    { path: `/orders/${order}/cancel` }
  ])("names the order that %o is about", (annotations) =>
    Effect.gen(function*() {
      const { entry } = yield* lineOf(Effect.annotateLogs(Effect.logInfo("x"), annotations))
      assert.strictEqual(entry["order_id"], order)
    }))

  it.effect("has its own fields whatever is noted by the same names", () =>
    Effect.gen(function*() {
      const { entry } = yield* lineOf(
        Effect.logInfo("x").pipe(
          Effect.annotateLogs({ level: "none", message: "y", service: "z", time: "never" })
        )
      )
      assert.deepStrictEqual([entry["level"], entry["message"], entry["service"]], ["INFO", "x", "order"])
      assert.match(String(entry["time"]), /^\d{4}-/)
    }))

  it.effect("finds the order also in the span it belongs to", () =>
    Effect.gen(function*() {
      const { entry } = yield* lineOf(
        Effect.logInfo("x").pipe(
          Effect.withSpan("inner"),
          Effect.withSpan("outer", { attributes: { "entity.id": order } })
        )
      )
      assert.strictEqual(entry["order_id"], order)
    }))

  it.effect.each([
    "connecting to postgres://saucier:CANARY@db/orders",
    "GET http://127.0.0.1:8088/feed?token=CANARY failed",
    "GET /orders?key=CANARY failed",
    "authorization: Bearer CANARY",
    `{"password":"CANARY"}`,
    "x-api-key=CANARY"
  ])("keeps the secret of %s", (message) =>
    Effect.gen(function*() {
      const said = yield* lineOf(Effect.logInfo(message))
      const noted = yield* lineOf(Effect.annotateLogs(Effect.logInfo("x"), { detail: message }))
      const died = yield* lineOf(Effect.logError("x", Cause.die(new Error(message))))
      for (const { line } of [said, noted, died]) assert.notInclude(line, "CANARY")
    }))
})

import * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import * as TelemetryExporter from "@saucier/runtime/TelemetryExporter"
import { RecordedSpan } from "@saucier/runtime/TelemetrySpan"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"

const span = () => {
  const made = new RecordedSpan({
    traceId: "a".repeat(32),
    spanId: "b".repeat(16),
    name: "GET /",
    kind: "server",
    parent: Option.none(),
    context: Context.empty(),
    links: [],
    startTime: 0n
  }, () => {})
  made.end(1n, Exit.void)
  return made
}

/** What each request to the collector held, and what was logged. */
const exporter = Effect.gen(function*() {
  const batches: Array<number> = []
  const logged: Array<string> = []
  let status = 200
  const client = HttpClient.make((request) => {
    const { body } = request
    const text = body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""
    batches.push(text.split("\"spanId\"").length - 1)
    return Effect.succeed(HttpClientResponse.fromWeb(request, new Response("{}", { status })))
  })
  const { push } = yield* TelemetryExporter.make({
    url: "http://collector/v1/traces",
    headers: {},
    resource: OtlpResource.make({ serviceName: "test", attributes: {} }),
    interval: Duration.seconds(10)
  }).pipe(
    Effect.provideService(HttpClient.HttpClient, client),
    Effect.provide(OtlpSerialization.layerJson),
    Effect.provide(Logger.replace(
      Logger.defaultLogger,
      Logger.make(({ annotations, logLevel, message }) => {
        const shown = JSON.stringify(Object.fromEntries(annotations))
        logged.push(`${logLevel.label} ${String(message)} ${shown}`)
      })
    ))
  )
  const pushMany = (count: number) => {
    for (let n = 0; n < count; n++) push(span())
  }
  const answer = (next: number) => {
    status = next
  }
  return { answer, batches, logged, push, pushMany }
})

describe("the exporter", () => {
  it.scoped("hands over what there is in its time", () =>
    Effect.gen(function*() {
      const { batches, pushMany } = yield* exporter
      pushMany(3)
      yield* TestClock.adjust("9 seconds")
      assert.isEmpty(batches)
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(batches, [3])
    }))

  it.scoped("does not wait for its time when a batch is full, so that a fast system loses no span", () =>
    Effect.gen(function*() {
      const { batches, pushMany } = yield* exporter
      for (let n = 0; n < 30; n++) {
        pushMany(512)
        yield* TestClock.adjust("100 millis")
      }
      assert.strictEqual(batches.reduce((a, b) => a + b, 0), 30 * 512)
      assert.isAtMost(Math.max(...batches), 512)
    }))

  it.scoped("tells once that the collector is away, and once that it is back", () =>
    Effect.gen(function*() {
      const { answer, batches, logged, pushMany } = yield* exporter
      const minute = Effect.replicateEffect(
        Effect.zipRight(Effect.sync(() => pushMany(1)), TestClock.adjust("1 second")),
        60
      )
      answer(503)
      yield* minute
      assert.strictEqual(logged.length, 1)
      assert.match(logged[0] ?? "", /^WARN The trace collector.*"status 503"/)
      assert.include(logged[0], "http://collector")
      answer(200)
      yield* minute
      assert.strictEqual(logged.length, 2)
      assert.match(logged[1] ?? "", /^INFO The trace collector takes traces again/)
      assert.isAbove(batches.at(-1) ?? 0, 0)
    }))

  it.scoped("goes on after a span that cannot be written", () =>
    Effect.gen(function*() {
      const { batches, push, pushMany } = yield* exporter
      const odd = span()
      Object.defineProperty(odd, "name", {
        get: () => {
          throw new TypeError("no name")
        }
      })
      push(odd)
      yield* TestClock.adjust("30 seconds")
      pushMany(2)
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(batches, [2])
    }))
})

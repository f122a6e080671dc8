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

/** What each request to the collector held. */
const exporter = Effect.gen(function*() {
  const batches: Array<number> = []
  const client = HttpClient.make((request) => {
    const { body } = request
    const text = body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""
    batches.push(text.split("\"spanId\"").length - 1)
    return Effect.succeed(HttpClientResponse.fromWeb(request, new Response("{}")))
  })
  const { push } = yield* TelemetryExporter.make({
    url: "http://collector/v1/traces",
    headers: {},
    resource: OtlpResource.make({ serviceName: "test", attributes: {} }),
    interval: Duration.seconds(10)
  }).pipe(
    Effect.provideService(HttpClient.HttpClient, client),
    Effect.provide(OtlpSerialization.layerJson)
  )
  const pushMany = (count: number) => {
    for (let n = 0; n < count; n++) push(span())
  }
  return { batches, pushMany }
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
})

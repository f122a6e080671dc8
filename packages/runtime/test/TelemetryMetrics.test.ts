import * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import * as TelemetryMetrics from "@saucier/runtime/TelemetryMetrics"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as TestClock from "effect/TestClock"

/** Exports once a minute to a collector that answers as told, and looks at the process by `observe` before. */
const exporting = (observe: Effect.Effect<void>) =>
  Effect.gen(function*() {
    const logged: Array<string> = []
    const state = { asked: 0, status: 200 }
    const client = HttpClient.make((request) =>
      Effect.sync(() => {
        state.asked += 1
        return HttpClientResponse.fromWeb(request, new Response("{}", { status: state.status }))
      })
    )
    const { run } = yield* TelemetryMetrics.make({
      url: "http://collector/v1/metrics",
      headers: {},
      resource: OtlpResource.make({ serviceName: "test", attributes: {} }),
      interval: Duration.minutes(1)
    }).pipe(
      Effect.provideService(HttpClient.HttpClient, client),
      Effect.provide(OtlpSerialization.layerJson)
    )
    yield* Effect.provide(
      run(observe),
      Logger.replace(
        Logger.defaultLogger,
        Logger.make(({ logLevel, message }) => {
          logged.push(`${logLevel.label} ${String(message)}`)
        })
      )
    )
    return { logged, state }
  })

describe("metrics for a collector", () => {
  it.scoped("go on when it is back, which the log tells once, as it told that it was away", () =>
    Effect.gen(function*() {
      const { logged, state } = yield* exporting(Effect.void)
      state.status = 503
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(state.asked, 5)
      state.status = 200
      yield* TestClock.adjust("5 minutes")
      assert.deepStrictEqual(logged, [
        "WARN The metrics collector does not take metrics: they are not exported until it does",
        "INFO The metrics collector takes metrics again"
      ])
    }))

  it.scoped("go on after a look at the process that failed", () =>
    Effect.gen(function*() {
      let looks = 0
      const { state } = yield* exporting(
        Effect.suspend(() => ++looks === 1 ? Effect.die("no look") : Effect.void)
      )
      yield* TestClock.adjust("3 minutes")
      assert.strictEqual(state.asked, 2)
    }))
})

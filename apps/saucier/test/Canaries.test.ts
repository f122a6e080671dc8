/** Secrets that come in by any door must not go out by the log, a trace or a metric. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CliProcess from "./CliProcess.ts"
import * as CollectorStub from "./CollectorStub.ts"
import * as World from "./World.ts"

const canary = "canary0123456789"

const secrets = {
  authorization: `Bearer ${canary}`,
  cookie: `session=${canary}`,
  "x-api-key": canary,
  "idempotency-key": canary,
  "x-anything-else": canary,
  "webhook-signature": `v1,${canary}`
}

const text = (url: string, init: RequestInit = {}) =>
  Effect.promise(() => fetch(url, init).then((response) => response.text()))

describe("a secret", () => {
  it.scopedLive("that comes in by any door is in no log, no trace and no metric", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      const folder = yield* CliProcess.folder
      const process = yield* CliProcess.saucier(["start"], {
        SAUCIER_DATA_DIR: folder,
        SAUCIER_HTTP_PORT: "0",
        SAUCIER_PROVIDER_PRESET: "instant",
        SAUCIER_WEBHOOK_SECRETS: `${canary}-webhook`,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=${canary}`,
        OTEL_BSP_SCHEDULE_DELAY: "20",
        OTEL_TRACES_SAMPLER: canary
      })
      yield* process.printed("Ctrl-C stops it")
      const url = /http:\/\/[^/\s]+/.exec(process.output.text)?.[0] ?? ""
      const headers = { ...secrets, "content-type": "application/json" }
      const query = `token=${canary}`
      const body = JSON.stringify(World.seed)

      yield* text(`${url}/orders?${query}`, { method: "POST", headers, body })
      yield* text(`${url}/orders?${query}`, { method: "POST", headers, body: `{"password":"${canary}"` })
      yield* text(`${url}/orders`, {
        method: "POST",
        headers,
        body: JSON.stringify({ ...World.seed, password: canary })
      })
      yield* text(`${url}/orders/none?${query}`, { headers })
      yield* text(`${url}/nowhere?${query}`, { headers })
      yield* text(`${url}/orderDashboards?cursor=${canary}`, { headers })
      yield* text(`${url}/webhooks/provider?${query}`, {
        method: "POST",
        headers,
        body: `{"id":"${canary}"}`
      })
      yield* text(`${url}/orders?${query}`, { method: "DELETE", headers })
      yield* collector.until((spans) => spans.some(({ name }) => name === "dashboard.delivery"))

      // What is recorded is handed on twice a second.
      const traces = yield* Effect.repeat(text(`${url}/traces?limit=200`), {
        until: (traces) => traces.includes("dashboard.delivery") || traces.includes("POST /orders")
      })
      const ids = [...traces.matchAll(/"traceId":"([0-9a-f]{32})"/g)].map(([, id]) => id)
      assert.isNotEmpty(ids)
      const shown = yield* Effect.forEach(ids, (id) => text(`${url}/traces/${id}`))
      const metrics = yield* text(`${url}/metrics`)
      yield* process.tell("SIGTERM")
      const { code, errors, text: printed } = yield* process.ended
      assert.strictEqual(code, 0)
      assert.include(errors, "OTEL_TRACES_SAMPLER", "the log has been looked at")
      for (const told of [printed, errors, traces, ...shown, metrics, ...collector.received]) {
        assert.notInclude(told, canary)
      }
    }))
})

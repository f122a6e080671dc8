/** Secrets that come in by any door must not go out by the log, a trace, a metric or a story. */
import { assert, describe, it } from "@effect/vitest"
import { sign } from "@saucier/payment/WebhookSignature"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import * as CliProcess from "./CliProcess.ts"
import * as CollectorStub from "./CollectorStub.ts"
import * as World from "./World.ts"

const canary = "canary0123456789"
const webhookSecret = `${canary}-webhook`

const secrets = {
  authorization: `Bearer ${canary}`,
  cookie: `session=${canary}`,
  "x-api-key": canary,
  "idempotency-key": canary,
  "x-anything-else": canary,
  "webhook-id": canary,
  "webhook-timestamp": "1",
  "webhook-signature": `v1,${canary}`,
  tracestate: `vendor=${canary}`,
  baggage: `user=${canary}`
}

const text = (url: string, init: RequestInit = {}) =>
  Effect.promise(() => fetch(url, init).then((response) => response.text()))

/** A bank that tells its secrets: in headers, in bodies, and in the words of its refusals. */
const bank = Effect.gen(function*() {
  const listening = yield* Deferred.make<string>()
  /** Of each payment, so that one that is tried again hears the same. */
  const turns = new Map<string, number>()
  const answers = [
    [500, `<h1>stack trace: token=${canary}</h1>`],
    [200, `{"_tag":"Captured","reference":`],
    [200, `{"_tag":"Nonsense","password":"${canary}"}`],
    [
      503,
      JSON.stringify({
        _tag: "ProviderRefused",
        detail: `no connection to postgres://bank:${canary}@db/ledger; Authorization: Bearer ${canary}; ` +
          `see https://bank.example/retry?key=${canary}`
      })
    ]
  ] as const
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const [key = ""] = /pay_[0-9a-z]{26}/.exec(`${request.url} ${Buffer.concat(chunks)}`) ?? []
      const turn = turns.get(key) ?? turns.size
      turns.set(key, turn)
      const [status, body] = answers[turn % answers.length] ?? [500, ""]
      response.writeHead(status, { "content-type": "application/json", "set-cookie": `bank=${canary}` })
      response.end(body)
    })
  })
  yield* Effect.acquireRelease(
    Effect.sync(() =>
      server.listen(0, "127.0.0.1", () => {
        const address: AddressInfo | string | null = server.address()
        if (address !== null && typeof address === "object") {
          Effect.runSync(Deferred.succeed(listening, `http://127.0.0.1:${address.port}`))
        }
      })
    ),
    () =>
      Effect.sync(() => {
        server.close()
        server.closeAllConnections()
      })
  )
  return { url: yield* Deferred.await(listening), payments: () => turns.size }
})

const knockEverywhere = (url: string) =>
  Effect.gen(function*() {
    const headers = { ...secrets, "content-type": "application/json" }
    const query = `token=${canary}`
    const body = JSON.stringify(World.seed)
    const post = (path: string, body: string, more: Record<string, string> = {}) =>
      text(`${url}${path}`, { method: "POST", headers: { ...headers, ...more }, body })
    yield* post(`/orders?${query}`, body)
    yield* post(`/orders?${query}`, `{"password":"${canary}"`)
    yield* post("/orders", JSON.stringify({ ...World.seed, password: canary }))
    yield* text(`${url}/orders/none?${query}`, { headers })
    yield* text(`${url}/nowhere?${query}`, { headers })
    yield* text(`${url}/orderDashboards?cursor=${canary}`, { headers })
    yield* text(`${url}/orders?${query}`, { method: "DELETE", headers })
    yield* post(`/webhooks/payments?${query}`, `{"id":"${canary}"}`)
    const timestamp = `${Math.floor((performance.timeOrigin + performance.now()) / 1000)}`
    const told = JSON.stringify({
      id: "evt_1",
      type: "charge.captured",
      key: "pay_01h455vb4pex5vsknk084sn02q",
      amount: { amount: 1, currency: "KRW" },
      at: 0,
      secret: canary
    })
    const signature = sign(Redacted.make(webhookSecret), { id: "evt_1", timestamp, body: told })
    yield* post("/webhooks/payments", told, {
      "webhook-id": "evt_1",
      "webhook-timestamp": timestamp,
      "webhook-signature": signature
    })
  })

describe("a secret", () => {
  it.scopedLive("that comes in by any door is in no log, no trace, no metric and no story", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      const { payments, url: provider } = yield* bank
      const folder = yield* CliProcess.folder
      const process = yield* CliProcess.saucier(["start"], {
        SAUCIER_DATA_DIR: folder,
        SAUCIER_HTTP_PORT: "0",
        SAUCIER_PROVIDER_URL: provider,
        SAUCIER_WEBHOOK_SECRETS: webhookSecret,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=${canary}`,
        OTEL_BSP_SCHEDULE_DELAY: "20",
        OTEL_METRIC_EXPORT_INTERVAL: "100",
        OTEL_TRACES_SAMPLER: canary
      })
      yield* process.printed("Ctrl-C stops it")
      const url = /http:\/\/[^/\s]+/.exec(process.output.text)?.[0] ?? ""
      yield* knockEverywhere(url)
      const place = text(`${url}/orders`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(World.seed)
      })
      const answers = yield* Effect.replicateEffect(place, 6)
      assert.isAtLeast(payments(), 6, "the bank has said all it has to say")
      yield* collector.until((spans) => spans.some(({ name }) => name === "dashboard.payment"))
      yield* collector.asked("/v1/metrics")

      const ids = [...answers.join("\n").matchAll(/ord_[0-9a-z]{26}/g)].map(([id]) => id)
      assert.isNotEmpty(ids)
      const stories = yield* Effect.forEach(new Set(ids), (id) =>
        Effect.zip(
          text(`${url}/orders/${id}/story`),
          Effect.map(CliProcess.run(["story", id, "--url", url]), (run) => `${run.text}${run.errors}`)
        ))
      assert.include(stories.join(""), "PaymentFailed", "a refusal is told")
      assert.include(stories.join(""), "no connection to postgres://***@db/ledger")

      // What is recorded is handed on twice a second.
      const traces = yield* Effect.repeat(text(`${url}/traces?limit=200`), {
        until: (traces) => traces.includes("POST /orders")
      })
      const traceIds = [...traces.matchAll(/"traceId":"([0-9a-f]{32})"/g)].map(([, id]) => id)
      assert.isNotEmpty(traceIds)
      const shown = yield* Effect.forEach(traceIds, (id) => text(`${url}/traces/${id}`))
      const metrics = yield* text(`${url}/metrics`)
      const books = yield* Effect.forEach(
        ["order", "payment"],
        (context) => text(`${url}/ops/events?context=${context}&limit=1000`)
      )
      yield* process.tell("SIGTERM")
      const { code, errors, text: printed } = yield* process.ended
      assert.strictEqual(code, 0)
      assert.include(errors, "OTEL_TRACES_SAMPLER", "the log has been looked at")
      for (
        const told of [
          printed,
          errors,
          traces,
          ...shown,
          metrics,
          ...books,
          ...answers,
          ...stories.flat(),
          ...collector.received
        ]
      ) {
        assert.notInclude(told, canary)
      }
    }))

  const hosts = "127.0.0.1:1"
  it.scopedLive.each([
    { SAUCIER_ORDER_DATABASE_URL: `postgres://saucier:${canary}@${hosts}/orders` },
    { SAUCIER_ORDER_DATABASE_URL: `mysql://saucier:${canary}@${hosts}/orders` },
    { SAUCIER_PROVIDER_URL: `ftp://bank:${canary}@${hosts}` },
    { SAUCIER_WEBHOOK_SECRETS: "canary0123" },
    { SAUCIER_AUTH_KEYS: `clerk:payments:${canary}` }
  ])("in a setting that does not work is in no word of why: %j", (setting) =>
    Effect.gen(function*() {
      const folder = yield* CliProcess.folder
      const started = yield* CliProcess.run(["start"], {
        SAUCIER_DATA_DIR: folder,
        SAUCIER_HTTP_PORT: "0",
        ...setting
      })
      assert.include([69, 78], started.code ?? 0, started.errors)
      assert.notInclude(`${started.text}${started.errors}`, "canary0123")
      assert.isNotEmpty(started.errors)
    }))
})

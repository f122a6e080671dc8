import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import { eventsOf } from "@saucier/runtime/TelemetryFacts"
import * as TelemetryIds from "@saucier/runtime/TelemetryIds"
import * as Sampler from "@saucier/runtime/TelemetrySampler"
import * as TelemetrySettings from "@saucier/runtime/TelemetrySettings"
import type { RecordedSpan } from "@saucier/runtime/TelemetrySpan"
import * as TelemetryTracer from "@saucier/runtime/TelemetryTracer"
import * as Cause from "effect/Cause"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Tracer from "effect/Tracer"

const tracing = (sampler: Sampler.Sampler) =>
  Effect.map(TelemetryIds.make, (ids) => {
    const ended: Array<RecordedSpan> = []
    const tracer = TelemetryTracer.make({
      ids,
      sampler,
      followsRemote: true,
      ended: (span) => ended.push(span)
    })
    return { ended, tracer }
  })

const span = (name: string, kind: Tracer.SpanKind) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.withSpan(work, name, { kind, captureStackTrace: false })

describe("the tracer", () => {
  it.effect("records a request and all in it", () =>
    Effect.gen(function*() {
      const { ended, tracer } = yield* tracing(Sampler.always)
      yield* Effect.withTracer(Effect.void.pipe(span("a step", "internal"), span("GET /", "server")), tracer)
      assert.deepStrictEqual(ended.map(({ name }) => name), ["a step", "GET /"])
    }))

  it.effect("records nothing that nobody asked for, such as a poll of its own", () =>
    Effect.gen(function*() {
      const { ended, tracer } = yield* tracing(Sampler.always)
      yield* Effect.withTracer(
        Effect.void.pipe(span("sql.execute", "client"), span("poll", "internal")),
        tracer
      )
      assert.isEmpty(ended)
    }))

  it.effect("makes one small object for all of a trace that is not sampled", () =>
    Effect.gen(function*() {
      const { ended, tracer } = yield* tracing(Sampler.never)
      const inside = yield* Effect.currentSpan.pipe(
        Effect.flatMap((outer) =>
          Effect.map(Effect.currentSpan.pipe(span("a step", "internal")), (inner) => ({ inner, outer }))
        ),
        span("GET /", "server"),
        Effect.withTracer(tracer)
      )
      assert.strictEqual(inside.inner, inside.outer)
      assert.match(inside.inner.traceId, /^[0-9a-f]{32}$/)
      assert.isEmpty(ended)
    }))

  it.effect("names what the cluster does without the entity's id", () =>
    Effect.gen(function*() {
      const { ended, tracer } = yield* tracing(Sampler.always)
      yield* Effect.void.pipe(
        span("Order(ord_01h455vb4pex5vsknk084sn02q).PlaceOrder", "internal"),
        span("Order.client.PlaceOrder", "internal"),
        span("POST /orders", "server"),
        Effect.withTracer(tracer)
      )
      assert.deepStrictEqual(ended.map(({ kind, name }) => [name, kind]), [
        ["Order.PlaceOrder", "server"],
        ["Order.PlaceOrder", "client"],
        ["POST /orders", "server"]
      ])
    }))
})

describe("what is logged within a span", () => {
  it.effect("is told on it, without the secrets of whoever failed", () =>
    Effect.gen(function*() {
      const { ended, tracer } = yield* tracing(Sampler.always)
      const secret = "postgres://saucier:canary@db/orders"
      yield* Effect.logWarning(`no answer from ${secret}`, Cause.fail(new Error(`${secret} is away`))).pipe(
        Effect.annotateLogs({ database: secret, tries: 3 }),
        span("GET /", "server"),
        Effect.withTracer(tracer)
      )
      const [request] = ended
      assert(request !== undefined)
      const [event, ...others] = eventsOf(request)
      assert.isEmpty(others)
      assert(event !== undefined)
      assert.strictEqual(event[0], "no answer from postgres://***@db/orders")
      assert.include(event[2], { "database": "postgres://***@db/orders", "tries": 3 })
      assert.include(event[2]["effect.cause"], "postgres://***@db/orders is away")
    }))
})

describe("sampling", () => {
  const at = (seconds: number) => BigInt(Math.round(seconds * 1e9))

  it("by share comes to the same decision for the same trace, and keeps that share", () => {
    const traces = Array.from(
      { length: 4096 },
      (_, n) => (n * 16).toString(16).padStart(4, "0").padEnd(32, "0")
    )
      .map((id) => id.slice(4) + id.slice(0, 4))
      .map((id) => id.slice(0, 18) + id.slice(-4) + id.slice(18, -4))
    const tenth = Sampler.ratio(0.1)
    const half = Sampler.ratio(0.5)
    const kept = (sampler: Sampler.Sampler) =>
      traces.filter((traceId) => sampler({ traceId, kind: "server", at: 0n }))
    assert.strictEqual(kept(half).length, 2048)
    assert.isTrue(kept(tenth).every((traceId) => kept(half).includes(traceId)))
  })

  it("by budget takes so many a second, however many come", () => {
    const sampler = Sampler.budget(10)
    const taken = Array.from(
      { length: 3000 },
      (_, n) => sampler({ traceId: "", kind: "server", at: at(n / 1000) })
    ).filter(Boolean)
    assert.closeTo(taken.length, 40, 1)
  })
})

const load = (environment: Record<string, string>) =>
  TelemetrySettings.load("order").pipe(
    Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(environment)))),
    Effect.provide(NodeContext.layer)
  )

describe("the settings of telemetry", () => {
  it.effect("without a collector export nothing", () =>
    Effect.gen(function*() {
      const settings = yield* load({})
      assert.isTrue(Option.isNone(settings.tracesUrl))
      assert.strictEqual(settings.serviceName, "order")
    }))

  it.effect("send traces to the collector, or to a place of their own as it is written", () =>
    Effect.gen(function*() {
      const shared = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318/" }
      const { complaints, tracesUrl } = yield* load(shared)
      assert.deepStrictEqual(tracesUrl, Option.some("http://collector:4318/v1/traces"))
      assert.isEmpty(complaints)
      const own = yield* load({ ...shared, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://other:9/otlp" })
      assert.deepStrictEqual(own.tracesUrl, Option.some("http://other:9/otlp"))
    }))

  it.effect("name what they do not understand, and go on", () =>
    Effect.gen(function*() {
      const { complaints, tracesUrl } = yield* load({
        OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318",
        OTEL_TRACES_SAMPLER: "jaeger_remote",
        OTEL_BSP_SCHEDULE_DELAY: "soon"
      })
      assert.isTrue(Option.isNone(tracesUrl))
      assert.sameMembers(complaints.map((complaint) => complaint.split(" ")[0]), [
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_TRACES_SAMPLER",
        "OTEL_BSP_SCHEDULE_DELAY"
      ])
    }))
})

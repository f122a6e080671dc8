/** A collector of traces and metrics that keeps what it is sent, on a free port. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

const Attribute = Schema.Struct({
  key: Schema.String,
  value: Schema.Record({ key: Schema.String, value: Schema.Unknown })
})

const Span = Schema.Struct({
  traceId: Schema.String,
  spanId: Schema.String,
  parentSpanId: Schema.optional(Schema.String),
  name: Schema.String,
  kind: Schema.Number,
  attributes: Schema.Array(Attribute),
  events: Schema.Array(Schema.Struct({ name: Schema.String })),
  links: Schema.Array(Schema.Struct({ traceId: Schema.String, spanId: Schema.String })),
  status: Schema.Struct({ code: Schema.Number })
})

const Traces = Schema.Struct({
  resourceSpans: Schema.Array(Schema.Struct({
    resource: Schema.Struct({ attributes: Schema.Array(Attribute) }),
    scopeSpans: Schema.Array(Schema.Struct({ spans: Schema.Array(Span) }))
  }))
})

const Point = Schema.Struct({
  attributes: Schema.Array(Attribute),
  asDouble: Schema.optional(Schema.Number),
  count: Schema.optional(Schema.Number),
  explicitBounds: Schema.optional(Schema.Array(Schema.Number)),
  bucketCounts: Schema.optional(Schema.Array(Schema.Number))
})
const Data = Schema.Struct({ dataPoints: Schema.Array(Point) })

const Metrics = Schema.Struct({
  resourceMetrics: Schema.Array(Schema.Struct({
    resource: Schema.Struct({ attributes: Schema.Array(Attribute) }),
    scopeMetrics: Schema.Array(Schema.Struct({
      metrics: Schema.Array(Schema.Struct({
        name: Schema.String,
        unit: Schema.String,
        gauge: Schema.optional(Data),
        histogram: Schema.optional(Data),
        sum: Schema.optional(Schema.Struct({ ...Data.fields, isMonotonic: Schema.Boolean }))
      }))
    }))
  }))
})

const valueOf = (attributes: ReadonlyArray<typeof Attribute.Type>, key: string): string | undefined => {
  const value = attributes.find((attribute) => attribute.key === key)?.value
  return value === undefined ? undefined : String(Object.values(value)[0])
}

export interface CollectedSpan extends Pick<typeof Span.Type, "traceId" | "spanId" | "name" | "kind"> {
  readonly service: string | undefined
  readonly parent: string | undefined
  readonly events: ReadonlyArray<string>
  readonly links: ReadonlyArray<string>
  readonly failed: boolean
  readonly attribute: (key: string) => string | undefined
}

const decode = Schema.decodeUnknownSync(Schema.parseJson(Traces))

const spansOf = (text: string): ReadonlyArray<CollectedSpan> =>
  decode(text).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans).map((span) => ({
      traceId: span.traceId,
      spanId: span.spanId,
      name: span.name,
      kind: span.kind,
      service: valueOf(resource.attributes, "service.name"),
      parent: span.parentSpanId,
      events: span.events.map(({ name }) => name),
      links: span.links.map(({ spanId }) => spanId),
      failed: span.status.code === 2,
      attribute: (key) => valueOf(span.attributes, key)
    }))
  )

const decodeMetrics = Schema.decodeUnknownSync(Schema.parseJson(Metrics))

const recordOf = (attributes: ReadonlyArray<typeof Attribute.Type>) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]))

const metricsOf = (text: string) =>
  decodeMetrics(text).resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) => metrics).map(({ gauge, histogram, name, sum, unit }) => ({
      name,
      unit,
      service: valueOf(resource.attributes, "service.name"),
      isRising: sum?.isMonotonic === true,
      points: (gauge ?? histogram ?? sum)?.dataPoints.map((point) => ({
        attributes: recordOf(point.attributes),
        value: point.asDouble,
        histogram: point.count === undefined ? undefined : {
          count: point.count,
          explicitBounds: point.explicitBounds ?? [],
          bucketCounts: point.bucketCounts ?? []
        }
      })) ?? []
    }))
  )

export type CollectedMetric = ReturnType<typeof metricsOf>[number]

export const start = Effect.gen(function*() {
  const spans: Array<CollectedSpan> = []
  const metrics: Array<CollectedMetric> = []
  const received: Array<string> = []
  const paths: Array<string> = []
  const refused = new Map<string, number>()
  let headers: Readonly<Record<string, unknown>> = {}
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString()
      received.push(text)
      headers = request.headers
      paths.push(request.url ?? "")
      response.statusCode = refused.get(request.url ?? "") ?? 200
      if (request.url === "/v1/metrics") metrics.push(...metricsOf(text))
      if (request.url === "/v1/traces") spans.push(...spansOf(text))
      response.end("{}")
    })
  })
  const listening = yield* Deferred.make<AddressInfo>()
  yield* Effect.acquireRelease(
    Effect.sync(() =>
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        if (address !== null && typeof address === "object") {
          Effect.runSync(Deferred.succeed(listening, address))
        }
      })
    ),
    () =>
      Effect.sync(() => {
        server.close()
        server.closeAllConnections()
      })
  )
  const { port } = yield* Deferred.await(listening)
  const until = (
    wished: (spans: ReadonlyArray<CollectedSpan>) => boolean
  ): Effect.Effect<ReadonlyArray<CollectedSpan>> =>
    Effect.suspend(() =>
      wished(spans) ? Effect.succeed([...spans]) : Effect.delay(until(wished), "20 millis")
    )
  const asked = (path: string): Effect.Effect<void> =>
    Effect.suspend(() => paths.includes(path) ? Effect.void : Effect.delay(asked(path), "20 millis"))
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    metrics,
    received,
    paths,
    headers: () => headers,
    until,
    asked,
    /** From now on a path is answered so. */
    refuse: (path: string, status: number) => refused.set(path, status)
  }
})

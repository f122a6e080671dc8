/** Traces of an order as Jaeger's query API gives them. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as World from "../../cluster/World.ts"

const Reference = Schema.Struct({ refType: Schema.String, traceID: Schema.String, spanID: Schema.String })
const Span = Schema.Struct({
  spanID: Schema.String,
  operationName: Schema.String,
  references: Schema.Array(Reference),
  processID: Schema.String,
  tags: Schema.Array(Schema.Struct({ key: Schema.String, value: Schema.Unknown })),
  warnings: Schema.NullOr(Schema.Array(Schema.String))
})
const Found = Schema.Struct({
  data: Schema.Array(Schema.Struct({
    traceID: Schema.String,
    spans: Schema.Array(Span),
    processes: Schema.Record({ key: Schema.String, value: Schema.Struct({ serviceName: Schema.String }) })
  }))
})
export type JaegerTrace = (typeof Found.Type)["data"][number]

export const tracesOf = (ui: string, orderId: string) => {
  const tags = encodeURIComponent(JSON.stringify({ "saucier.order.id": orderId }))
  return Effect.map(
    World.ask(`${ui}/api/traces?service=gateway&lookback=1h&tags=${tags}`),
    ({ text }) => Schema.decodeUnknownSync(Schema.parseJson(Found))(text).data
  )
}

const servicesOf = ({ processes, spans }: JaegerTrace) =>
  new Set(spans.map(({ processID }) => processes[processID]?.serviceName))

const everyone = ["gateway", "order", "payment", "provider", "delivery", "dashboard"]

/** Every service has told of it, and the parents of all spans are there. A link may lead to another trace: that of a batch. */
export const isWhole = (trace: JaegerTrace): boolean => {
  const services = servicesOf(trace)
  const ids = new Set(trace.spans.map(({ spanID }) => spanID))
  return everyone.every((service) => services.has(service)) &&
    trace.spans.every(({ references }) =>
      references.every(({ spanID, traceID }) => traceID !== trace.traceID || ids.has(spanID))
    )
}

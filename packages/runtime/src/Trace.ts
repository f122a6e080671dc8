/** Traces and logs as operators read them. Times are epoch milliseconds, durations milliseconds, both with fractions. */
import * as Schema from "effect/Schema"

const Attributes = Schema.Record({ key: Schema.String, value: Schema.Unknown })

export const TraceSpan = Schema.Struct({
  traceId: Schema.String,
  spanId: Schema.String,
  parentSpanId: Schema.NullOr(Schema.String),
  name: Schema.String,
  kind: Schema.Literal("internal", "server", "client", "producer", "consumer"),
  service: Schema.String,
  startedAt: Schema.Number,
  duration: Schema.Number,
  /** The type of what went wrong, or null. */
  error: Schema.NullOr(Schema.String),
  orderId: Schema.NullOr(Schema.String),
  attributes: Attributes,
  events: Schema.Array(Schema.Struct({ name: Schema.String, at: Schema.Number, attributes: Attributes })),
  links: Schema.Array(Schema.Struct({ traceId: Schema.String, spanId: Schema.String }))
}).annotations({ identifier: "TraceSpan" })
export type TraceSpan = typeof TraceSpan.Type

export const TraceLog = Schema.Struct({
  time: Schema.String,
  level: Schema.String,
  message: Schema.String,
  service: Schema.String,
  traceId: Schema.NullOr(Schema.String),
  spanId: Schema.NullOr(Schema.String),
  orderId: Schema.NullOr(Schema.String),
  annotations: Attributes,
  cause: Schema.NullOr(Schema.String)
}).annotations({ identifier: "TraceLog" })
export type TraceLog = typeof TraceLog.Type

/** `name` and `service` are those of the span that began it, or of the earliest one that is known. */
export const TraceSummary = Schema.Struct({
  traceId: Schema.String,
  name: Schema.String,
  service: Schema.String,
  services: Schema.Array(Schema.String),
  startedAt: Schema.Number,
  duration: Schema.Number,
  spans: Schema.Int,
  failed: Schema.Boolean,
  orderId: Schema.NullOr(Schema.String)
}).annotations({ identifier: "TraceSummary" })
export type TraceSummary = typeof TraceSummary.Type

export const Trace = Schema.Struct({
  traceId: Schema.String,
  spans: Schema.Array(TraceSpan),
  logs: Schema.Array(TraceLog)
}).annotations({ identifier: "Trace" })
export type Trace = typeof Trace.Type

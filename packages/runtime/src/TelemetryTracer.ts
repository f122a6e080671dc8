/** The tracer of a process. A trace that is not sampled costs one small object, and each span in it nothing but the call. */
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import type { TelemetryIds } from "./TelemetryIds.ts"
import { isEntry, type Sampler } from "./TelemetrySampler.ts"
import { type Identity, RecordedSpan, UnsampledSpan } from "./TelemetrySpan.ts"

export interface Options {
  readonly ids: TelemetryIds
  readonly sampler: Sampler
  /** Whether a trace that began elsewhere is sampled as it is there. */
  readonly followsRemote: boolean
  readonly ended: (span: RecordedSpan) => void
}

/**
 * The names of the cluster hold the entity's id, `Order(ord_…).PlaceOrder`, and say twice who asks: one operation has one
 * name on both sides, and the kind tells them apart.
 */
const nameOf = (name: string): string => {
  const open = name.indexOf("(")
  if (open > 0) return name.slice(0, open) + name.slice(name.indexOf(")", open) + 1)
  if (/^http\.(client|server) /.test(name)) return name.slice("http.client ".length)
  return name.replace(".client.", ".")
}

const kindOf = (name: string, kind: Tracer.SpanKind): Tracer.SpanKind => {
  if (kind !== "internal") return kind
  if (name.includes(".client.")) return "client"
  return name.includes(").") ? "server" : kind
}

export const make = ({ ended, followsRemote, ids, sampler }: Options): Tracer.Tracer =>
  Tracer.make({
    context: (f) => f(),
    span: (name, parent, context, links, startTime, kind) => {
      const above = Option.getOrUndefined(parent)
      const record = (identity: Identity) =>
        new RecordedSpan(
          { ...identity, name: nameOf(name), kind: kindOf(name, kind), parent, context, links, startTime },
          ended
        )
      if (above === undefined) {
        const traceId = ids.traceId()
        return isEntry(kind) && sampler({ traceId, kind, at: startTime })
          ? record({ traceId, spanId: ids.spanId() })
          : new UnsampledSpan({ traceId, spanId: ids.spanId() })
      }
      const { sampled, traceId } = above
      const follows = above._tag === "Span" || followsRemote
        ? sampled
        : sampler({ traceId, kind, at: startTime })
      if (follows) return record({ traceId, spanId: ids.spanId() })
      return above._tag === "Span" && !sampled ? above : new UnsampledSpan(above)
    }
  })

import type * as Trace from "@saucier/runtime/Trace"
import { read } from "./Http.ts"

export type TraceView = typeof Trace.Trace.Encoded
export type Span = typeof Trace.TraceSpan.Encoded

export const get = (traceId: string, signal?: AbortSignal): Promise<TraceView> =>
  read(`/traces/${encodeURIComponent(traceId)}`, signal)

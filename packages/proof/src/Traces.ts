/** What a system tells of its own work. */
import { Trace } from "@saucier/runtime/Trace"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import { because } from "./Broken.ts"
import * as Poll from "./Poll.ts"

/** Spans under none of the others. */
export const roots = ({ spans }: Trace) => {
  const known = new Set(spans.map(({ spanId }) => spanId))
  return spans.filter(({ parentSpanId }) => parentSpanId === null || !known.has(parentSpanId))
}

/**
 * Once it has spans of so many names, and the one that they are under: a span is told of when it ends, so that a trace
 * grows for a moment after the answer, and from its leaves.
 */
export const whole = (base: string, traceId: string, ...names: ReadonlyArray<string>) =>
  Poll.until(
    Effect.orElseSucceed(Ask.json(Trace, `${base}/traces/${traceId}`), (): Trace => ({
      traceId,
      spans: [],
      logs: []
    })),
    (trace) =>
      roots(trace).length === 1 && names.every((name) => trace.spans.some((span) => span.name.includes(name)))
  ).pipe(Effect.timeoutFail({
    duration: "5 seconds",
    onTimeout: () => because(`The trace ${traceId} is not whole after 5 s`)
  }))

/** For people to look at, where it is whole in time. */
export const shown = (base: string, traceId: string, ...names: ReadonlyArray<string>) =>
  Effect.match(whole(base, traceId, ...names), { onFailure: () => ({}), onSuccess: (trace) => ({ trace }) })

/** Spans of the engine. Work in a trace that is not sampled is only handed its trace, and asks for no span at all. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Tracer from "effect/Tracer"
import type { RecordedEvent } from "./Event.ts"
import * as Traceparent from "./Traceparent.ts"

type Attributes = Readonly<Record<string, unknown>>

/** A step within a trace. */
export const step =
  (name: string, kind: Tracer.SpanKind, attributes: () => Attributes) =>
  <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withFiberRuntime(({ currentSpan }) =>
      currentSpan?.sampled === true
        ? Effect.withSpan(work, name, { kind, attributes: attributes(), captureStackTrace: false })
        : work
    )

/** Something that happened to the step at hand, written on its span. */
export const note = (name: string, attributes: Attributes = {}): Effect.Effect<void> =>
  Effect.withFiberRuntime(({ currentSpan }) =>
    currentSpan?._tag === "Span" && currentSpan.sampled
      ? Effect.map(Clock.currentTimeNanos, (time) => currentSpan.event(name, time, { ...attributes }))
      : Effect.void
  )

/** The beginning of a trace that no request has begun. */
export const entry =
  (name: string, attributes: Attributes) => <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withSpan(work, name, { kind: "consumer", root: true, attributes, captureStackTrace: false })

/** Conventional attributes of what a subscription does with an event. */
const attributesOf = (subscription: string, { eventId, streamId, type }: RecordedEvent): Attributes => ({
  "messaging.system": "saucier",
  "messaging.operation.type": "process",
  "messaging.destination.name": streamId.slice(0, streamId.indexOf("-")),
  "messaging.consumer.group.name": subscription,
  "messaging.message.id": eventId,
  "saucier.stream.id": streamId,
  "saucier.event.type": type
})

/** It goes on with the trace of the event, and links to where that was recorded: in between lies a feed. */
const optionsOf = (subscription: string, recorded: RecordedEvent, producer: Tracer.AnySpan) => ({
  kind: "consumer",
  parent: producer,
  links: [{ _tag: "SpanLink", span: producer, attributes: {} }],
  attributes: attributesOf(subscription, recorded),
  captureStackTrace: false
} as const)

/** What a policy does about one event. */
export const event =
  (subscription: string, recorded: RecordedEvent) =>
  <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => {
    const producer = Traceparent.spanOf(recorded.traceparent)
    if (producer === undefined) return work
    return producer.sampled
      ? Effect.withSpan(work, subscription, optionsOf(subscription, recorded, producer))
      : Effect.withParentSpan(work, producer)
  }

/** What a projection does about some events at once: a span for each in its trace, linked to the one that did the work. */
export const batch =
  (subscription: string, events: ReadonlyArray<RecordedEvent>) =>
  <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => {
    const traced = events.flatMap((recorded) => {
      const producer = Traceparent.spanOf(recorded.traceparent)
      return producer?.sampled === true ? [{ recorded, producer }] : []
    })
    const [first, ...others] = traced
    if (first === undefined) return work
    return Effect.useSpan(
      subscription,
      optionsOf(subscription, first.recorded, first.producer),
      (span) =>
        Effect.gen(function*() {
          span.attribute("messaging.batch.message_count", events.length)
          const spans = yield* Effect.forEach(
            others,
            ({ producer, recorded }) =>
              Effect.makeSpan(subscription, optionsOf(subscription, recorded, producer))
          )
          for (const other of spans) other.addLinks([{ _tag: "SpanLink", span, attributes: {} }])
          const exit = yield* Effect.exit(Effect.withParentSpan(work, span))
          const now = yield* Clock.currentTimeNanos
          for (const other of spans) other.end(now, exit)
          return yield* exit
        })
    )
  }

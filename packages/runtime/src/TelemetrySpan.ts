/** Spans: one that records, and one that only carries its trace on. */
import * as Context from "effect/Context"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import type * as Tracer from "effect/Tracer"

export type SpanEvent = readonly [
  name: string,
  time: bigint,
  attributes: Readonly<Record<string, unknown>>
]

export interface Identity {
  readonly traceId: string
  readonly spanId: string
}

interface Start extends Identity {
  readonly name: string
  readonly kind: Tracer.SpanKind
  readonly parent: Option.Option<Tracer.AnySpan>
  readonly context: Context.Context<never>
  readonly links: ReadonlyArray<Tracer.SpanLink>
  readonly startTime: bigint
}

/** Handed on once, when it ends. */
export class RecordedSpan implements Tracer.Span {
  readonly _tag = "Span"
  readonly sampled = true
  readonly traceId: string
  readonly spanId: string
  readonly name: string
  readonly kind: Tracer.SpanKind
  readonly parent: Option.Option<Tracer.AnySpan>
  readonly context: Context.Context<never>
  readonly attributes = new Map<string, unknown>()
  readonly events: Array<SpanEvent> = []
  links: ReadonlyArray<Tracer.SpanLink>
  status: Tracer.SpanStatus
  private readonly ended: (span: RecordedSpan) => void

  constructor(start: Start, ended: (span: RecordedSpan) => void) {
    this.traceId = start.traceId
    this.spanId = start.spanId
    this.name = start.name
    this.kind = start.kind
    this.parent = start.parent
    this.context = start.context
    this.links = start.links
    this.status = { _tag: "Started", startTime: start.startTime }
    this.ended = ended
  }

  end(endTime: bigint, exit: Exit.Exit<unknown, unknown>): void {
    if (this.status._tag === "Ended") return
    const { startTime } = this.status
    // What it gave is nobody's business, and would stay in memory until the span is handed over.
    this.status = { _tag: "Ended", startTime, endTime, exit: Exit.isSuccess(exit) ? Exit.void : exit }
    this.ended(this)
  }

  attribute(key: string, value: unknown): void {
    this.attributes.set(key, value)
  }

  event(name: string, time: bigint, attributes: Record<string, unknown> = {}): void {
    this.events.push([name, time, attributes])
  }

  addLinks(links: ReadonlyArray<Tracer.SpanLink>): void {
    this.links = [...this.links, ...links]
  }
}

const noAttributes: ReadonlyMap<string, unknown> = new Map()
const over: Tracer.SpanStatus = { _tag: "Ended", startTime: 0n, endTime: 0n, exit: Exit.void }

/** All of an unsampled trace in this process: it serves as its own children, and is over from the start. */
export class UnsampledSpan implements Tracer.Span {
  readonly _tag = "Span"
  readonly name = "unsampled"
  readonly kind = "internal"
  readonly sampled = false
  readonly parent = Option.none()
  readonly context = Context.empty()
  readonly attributes = noAttributes
  readonly links: ReadonlyArray<Tracer.SpanLink> = []
  readonly status = over

  readonly traceId: string
  readonly spanId: string

  constructor({ spanId, traceId }: Identity) {
    this.traceId = traceId
    this.spanId = spanId
  }

  end(): void {}
  attribute(): void {}
  event(): void {}
  addLinks(): void {}
}

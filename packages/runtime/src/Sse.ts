/** Server-sent events: resumable, kept alive, ended politely, and bounded for readers that do not read. */
import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Chunk from "effect/Chunk"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { Draining } from "./Draining.ts"
import * as ProblemResponse from "./ProblemResponse.ts"
import { encode } from "./SseEvent.ts"
import type { SseEvent } from "./SseEvent.ts"
import { SseStreams } from "./SseStreams.ts"

export interface Options {
  /** How long a reader waits before it connects again. */
  readonly retry?: Duration.DurationInput
  readonly heartbeat?: Duration.DurationInput
  /** A reader that takes nothing for so long is cut off. Longer than the heartbeat, or quiet streams are cut too. */
  readonly stall?: Duration.DurationInput
  /** After so long the reader must come back, so that no stream outlives what it was allowed. */
  readonly maxLife?: Duration.DurationInput
}

/** Events written at once: what a stalled reader can hold in memory. */
const batch = 64

/** Where a reader left off: the header that browsers send, or `?lastEventId=` for people with curl. */
export const lastEventId: Effect.Effect<
  Option.Option<string>,
  never,
  HttpServerRequest.HttpServerRequest | HttpServerRequest.ParsedSearchParams
> = Effect.gen(function*() {
  const request = yield* HttpServerRequest.HttpServerRequest
  const query = yield* HttpServerRequest.ParsedSearchParams
  const asked = request.headers["last-event-id"] ?? query["lastEventId"]
  return Predicate.isString(asked) && asked !== "" ? Option.some(asked) : Option.none()
})

/** Node's socket timeout counts time without progress, so it fires for a reader that has stopped taking bytes. */
const cutOffStalled = (request: HttpServerRequest.HttpServerRequest, stall: Duration.DurationInput) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const { socket } = NodeHttpServerRequest.toIncomingMessage(request)
      return socket.setTimeout(Duration.toMillis(stall))
    }),
    (socket) => Effect.sync(() => socket.setTimeout(0))
  )

/** The response that sends these events until they end, the reader leaves, or the process drains. */
export const response = <E, R>(events: Stream.Stream<SseEvent, E, R>, options: Options = {}) =>
  Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    const draining = yield* Draining
    const context = yield* Effect.context<R>()
    yield* (yield* SseStreams).open
    yield* cutOffStalled(request, options.stall ?? "45 seconds")

    const retry = `retry: ${Duration.toMillis(options.retry ?? "2 seconds")}\n\n`
    const heartbeats = Stream.fromSchedule(Schedule.spaced(options.heartbeat ?? "15 seconds")).pipe(
      Stream.as(": heartbeat\n\n")
    )
    const encoded = events.pipe(
      Stream.chunks,
      Stream.mapConcatChunk((chunk) => Chunk.chunksOf(chunk, batch)),
      Stream.map((chunk) => Chunk.toReadonlyArray(chunk).map(encode).join("")),
      Stream.rechunk(1),
      Stream.catchAllCause((cause) => Stream.execute(Effect.logError("An event stream failed", cause)))
    )
    const end = Effect.race(draining.awaited, Effect.sleep(options.maxLife ?? "1 hour"))
    const body = Stream.make(retry).pipe(
      Stream.concat(
        Stream.merge(encoded, heartbeats, { haltStrategy: "left" }).pipe(Stream.interruptWhen(end))
      ),
      Stream.concat(Stream.make(`${retry.trimEnd()}\nevent: bye\ndata: \n\n`)),
      Stream.encodeText,
      Stream.provideContext(context)
    )
    return HttpServerResponse.stream(body, {
      contentType: "text/event-stream",
      headers: { "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" }
    })
  }).pipe(Effect.catchTag("HttpProblem", ProblemResponse.respond))

/** A world for subscriptions: a log that can break, a clock that jumps to the next timer when nobody runs. */
import { eventId, Position, type RecordedEvent, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import type { Feed, FeedEvent } from "@saucier/eventsourcing/Feed"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

export const unavailable = new EventStoreUnavailable({ store: "test", reason: "locked", detail: "busy" })

export interface Noted {
  readonly n: number
}

export const record = (
  streamId: string,
  version: number,
  position: number,
  type = "Noted"
): RecordedEvent => ({
  eventId: eventId(StreamId.make(streamId), version),
  streamId: StreamId.make(streamId),
  version: Version.make(version),
  position: Position.make(String(position)),
  type,
  schemaVersion: 1,
  data: { n: version },
  commandId: CommandId.make(`c${position}`),
  correlationId: "c",
  causationId: null,
  actor: "test",
  occurredAt: 0,
  traceparent: null
})

export interface Log {
  readonly feed: Feed<Noted>
  readonly append: (streamId: string, type?: string) => RecordedEvent
  readonly head: () => Position
  /** Events handed out so far, repeats included. */
  pulled: number
  decoded: number
  /** The pull that waits, and further ones, fail so many times. */
  readonly breakOff: (times: number) => void
  readonly known: Set<string>
}

export const makeLog = (chunk = 50): Log => {
  const recorded: Array<RecordedEvent> = []
  const versions = new Map<string, number>()
  const news = Effect.unsafeMakeLatch(false)
  let broken = 0
  const next = (
    from: number
  ): Effect.Effect<readonly [Chunk.Chunk<RecordedEvent>, Option.Option<number>], EventStoreUnavailable> =>
    Effect.suspend(() => {
      if (broken > 0) {
        broken -= 1
        return Effect.fail(unavailable)
      }
      const page = recorded.slice(from, from + chunk)
      if (page.length === 0) {
        news.unsafeClose()
        return Effect.flatMap(news.await, () => next(from))
      }
      log.pulled += page.length
      return Effect.succeed([Chunk.unsafeFromArray(page), Option.some(from + page.length)])
    })
  const log: Log = {
    pulled: 0,
    decoded: 0,
    known: new Set(["Noted", "Other"]),
    append: (streamId, type) => {
      const version = (versions.get(streamId) ?? 0) + 1
      versions.set(streamId, version)
      const event = record(streamId, version, recorded.length + 1, type)
      recorded.push(event)
      news.unsafeOpen()
      return event
    },
    breakOff: (times) => {
      broken = times
      news.unsafeOpen()
    },
    head: () => Position.make(recorded.length === 0 ? "" : String(recorded.length)),
    feed: {
      subscribe: (after) => Stream.paginateChunkEffect(Number(after), next),
      first: (after) => Effect.sync(() => Option.fromNullable(recorded[Number(after)])),
      decode: (recorded) => {
        log.decoded += 1
        return log.known.has(recorded.type)
          ? Either.right<FeedEvent<Noted>>({ recorded, event: { n: recorded.version } })
          : Either.left(`${recorded.type} is not known`)
      }
    }
  }
  return log
}

interface Timer {
  readonly at: number
  readonly ring: () => void
}

/** Time passes only while every fiber waits, and then at once. */
const virtualClock = (): Clock.Clock => {
  let now = 0
  let armed = false
  const timers: Array<Timer> = []
  const advance = () => {
    armed = false
    const [first] = timers.sort((a, b) => a.at - b.at)
    if (first === undefined) return
    timers.shift()
    now = Math.max(now, first.at)
    first.ring()
    arm()
  }
  const arm = () => {
    if (armed || timers.length === 0) return
    armed = true
    setImmediate(advance)
  }
  return {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: () => now,
    unsafeCurrentTimeNanos: () => BigInt(Math.floor(now * 1e6)),
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanos: Effect.sync(() => BigInt(Math.floor(now * 1e6))),
    sleep: (duration) =>
      Effect.async((resume) => {
        const timer = { at: now + Duration.toMillis(duration), ring: () => resume(Effect.void) }
        timers.push(timer)
        arm()
        return Effect.sync(() => {
          const index = timers.indexOf(timer)
          if (index >= 0) timers.splice(index, 1)
        })
      })
  }
}

export const inVirtualTime = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.suspend(() => Effect.withClock(Logger.withMinimumLogLevel(effect, LogLevel.None), virtualClock()))

/** Waits until the condition holds, for ten minutes of virtual time at most. */
export const eventually = <R = never>(
  condition: () => boolean | Effect.Effect<boolean, unknown, R>
): Effect.Effect<void, never, R> =>
  Effect.gen(function*() {
    for (let waited = 0; waited < 600_000; waited += 20) {
      const holds = condition()
      if (Effect.isEffect(holds) ? yield* Effect.orDie(holds) : holds) return
      yield* Effect.sleep(20)
    }
    return yield* Effect.dieMessage(`never happened: ${condition}`)
  })

/** A projection folds a feed into a read model: rows and checkpoint move in one transaction. */
import * as Chunk from "effect/Chunk"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type CheckpointMoved, Checkpoints } from "./Checkpoints.ts"
import type { RecordedEvent } from "./Event.ts"
import type { ParkedEvents } from "./ParkedEvents.ts"
import * as Subscription from "./Subscription.ts"
import * as SubscriptionBatches from "./SubscriptionBatches.ts"
import * as SubscriptionCheckpoint from "./SubscriptionCheckpoint.ts"
import * as Failure from "./SubscriptionFailure.ts"
import * as SubscriptionGauges from "./SubscriptionGauges.ts"
import * as SubscriptionParking from "./SubscriptionParking.ts"

export interface Projection<Event> extends Subscription.Subscription<Event> {
  /** Writes the rows of some events, in their order, inside the transaction that moves the checkpoint. */
  readonly handleBatch: SubscriptionBatches.HandleBatch<Event>
  /** Runs after each commit that wrote rows: a hint to readers. */
  readonly after: Effect.Effect<void>
  /** How long it rests after what it took: what may show a little late shares a transaction. */
  readonly rest: Duration.DurationInput
  /** What must not run beside a transaction of this projection takes its permit. */
  readonly turn: Effect.Semaphore
}

type Defaulted = "handles" | "transient" | "maxTries" | "after" | "rest" | "turn"

type Handler<Event> =
  | Pick<Projection<Event>, "handleBatch">
  | { readonly handle: (event: Event, recorded: RecordedEvent) => Effect.Effect<void, unknown> }

export const make = <Event>(
  projection:
    & Omit<Projection<Event>, Defaulted | "handleBatch">
    & Partial<Pick<Projection<Event>, Defaulted>>
    & Handler<Event>
): Projection<Event> => ({
  handles: () => true,
  transient: Failure.transient,
  maxTries: Subscription.defaultTries,
  after: Effect.void,
  rest: 0,
  turn: Effect.unsafeMakeSemaphore(1),
  ...projection,
  handleBatch: "handleBatch" in projection
    ? projection.handleBatch
    : (events) =>
      Effect.forEach(events, ({ event, recorded }) => projection.handle(event, recorded), { discard: true })
})

/** A longer chunk is a backlog. */
const maxBatch = 256

const session = <Event>(projection: Projection<Event>, progress: () => void) =>
  Effect.gen(function*() {
    const { feed, name, turn } = projection
    const rest = Duration.toMillis(projection.rest)
    const checkpoints = yield* Checkpoints
    const parking = yield* SubscriptionParking.make(projection)
    const count = Subscription.counter(name)
    const loaded = yield* checkpoints.load(name)
    let seen = loaded
    const superseded = yield* Deferred.make<never, CheckpointMoved>()
    const checkpoint = yield* SubscriptionCheckpoint.make({
      loaded,
      watermark: () => seen,
      turn,
      move: (from, to) =>
        Effect.tapErrorTag(
          checkpoints.advance(name, from, to, Effect.void),
          "CheckpointMoved",
          (moved) => Deferred.fail(superseded, moved)
        )
    })

    const batches = SubscriptionBatches.make(projection, parking, {
      seen: () => seen,
      pass: (position) => {
        seen = position
        checkpoint.moved()
      },
      // Interruption stops the writing, but never comes between a commit and knowing of it.
      commit: (position, write) =>
        Effect.uninterruptibleMask((restore) =>
          Effect.map(checkpoints.advance(name, checkpoint.at(), position, restore(write)), () => {
            seen = position
            checkpoint.saved(position)
          })
        )
    })

    yield* Effect.forkScoped(parking.watch((streamId, served) =>
      turn.withPermits(1)(batches.serve(streamId)).pipe(
        Effect.catchAllCause((cause) => Effect.logWarning("Parked events wait for the next look", cause)),
        Effect.ensuring(Effect.sync(served))
      )
    ))

    const followed = Stream.runForEachChunk(feed.subscribe(loaded), (chunk) => {
      count(chunk.length)
      const taken = Effect.forEach(
        Chunk.chunksOf(chunk, maxBatch),
        (batch) =>
          Effect.map(turn.withPermits(1)(batches.take(Chunk.toReadonlyArray(batch))), progress),
        { discard: true }
      )
      return rest > 0 && chunk.length < maxBatch ? Effect.zipRight(taken, Effect.sleep(rest)) : taken
    })
    yield* Effect.raceFirst(followed, Deferred.await(superseded))
  })

/**
 * Runs for ever; only interruption ends it. After a failure of the infrastructure, or when another process moved the
 * checkpoint, it starts over from there: the checkpoint alone knows whether the last transaction took effect.
 */
export const run = <Event>(
  projection: Projection<Event>
): Effect.Effect<never, never, Checkpoints | ParkedEvents> =>
  SubscriptionGauges.shown(projection.name, projection.feed)(
    Subscription.forever(projection.name, (progress) => Effect.scoped(session(projection, progress)))
  )

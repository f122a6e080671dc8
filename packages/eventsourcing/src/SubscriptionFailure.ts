/** How a subscription meets failure: what it waits out, for how long, and how it is told to operators. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"

export type Transient = (error: unknown) => boolean

const transientTags: ReadonlySet<unknown> = new Set([
  "EventStoreUnavailable",
  "CheckpointMoved",
  "MailboxFull",
  "AlreadyProcessingMessage",
  "PersistenceError",
  "RunnerUnavailable",
  "EntityNotAssignedToRunner",
  "TimeoutException",
  "ServiceUnavailable"
])

/** The infrastructure could not, so the event is not to blame and waits. */
export const transient: Transient = (error) =>
  Predicate.hasProperty(error, "_tag") && transientTags.has(error._tag)

/** An interruption from elsewhere, such as by a runner that leaves, blames nobody and is waited out too. */
export const isTransient = (cause: Cause.Cause<unknown>, transient: Transient): boolean =>
  [...Cause.failures(cause), ...Cause.defects(cause)].every(transient)

const maxRendered = 2048

export const render = (cause: Cause.Cause<unknown>): string => Cause.pretty(cause).slice(0, maxRendered)

/** Waits 100 ms after the first attempt, twice as long after each further one, 5 s at most; a fifth more or less. */
export const backoff = (attempt: number): Effect.Effect<void> =>
  Effect.flatMap(
    Random.next,
    (random) => Effect.sleep(Math.min(5000, 100 * 2 ** Math.min(attempt - 1, 10) * (0.8 + 0.4 * random)))
  )

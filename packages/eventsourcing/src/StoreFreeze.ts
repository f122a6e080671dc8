/**
 * Port to a process's files while somebody else copies them: they stand still, all as of one instant, and the process
 * goes on. A freeze that nobody renews ends by itself.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { EventStoreUnavailable } from "./EventStore.ts"

/** `file` is an absolute path on the machine of the process. */
export const StoreFile = Schema.Struct({ store: Schema.String, file: Schema.String })
export type StoreFile = typeof StoreFile.Type

/** `renewWithin` is in milliseconds. */
export const Frozen = Schema.Struct({
  id: Schema.String,
  files: Schema.Array(StoreFile),
  renewWithin: Schema.Int
})
export type Frozen = typeof Frozen.Type

/** One copy at a time. */
export class FreezeUnderWay extends Schema.TaggedError<FreezeUnderWay>()("FreezeUnderWay", {}) {
  override get message() {
    return "The files are being copied already"
  }
}

/** What was copied under this freeze cannot be trusted: the files have moved on. */
export class FreezeOver extends Schema.TaggedError<FreezeOver>()("FreezeOver", { id: Schema.String }) {
  override get message() {
    return `The freeze ${this.id} is over`
  }
}

export class StoreFreeze extends Context.Tag("@saucier/eventsourcing/StoreFreeze")<StoreFreeze, {
  /** What this process keeps in files. */
  readonly files: Effect.Effect<ReadonlyArray<StoreFile>>
  readonly freeze: Effect.Effect<Frozen, FreezeUnderWay | EventStoreUnavailable>
  readonly renew: (id: string) => Effect.Effect<void, FreezeOver>
  /** Succeeds only when the files stood still until now. */
  readonly thaw: (id: string) => Effect.Effect<void, FreezeOver>
}>() {}

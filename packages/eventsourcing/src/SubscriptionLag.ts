/** How far a subscription is behind its feed: the age of the oldest event that it has not dealt with, in milliseconds. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Checkpoints } from "./Checkpoints.ts"
import type { Position } from "./Event.ts"
import type { EventStoreUnavailable } from "./EventStore.ts"
import type { Feed } from "./Feed.ts"

export type Log = Pick<Feed<unknown>, "first">

/** 0 when nothing lies after `position`. */
export const after = ({ first }: Log, position: Position): Effect.Effect<number, EventStoreUnavailable> =>
  Effect.flatMap(
    first(position),
    Option.match({
      onNone: () => Effect.succeed(0),
      onSome: ({ occurredAt }) => Effect.map(Clock.currentTimeMillis, (now) => Math.max(0, now - occurredAt))
    })
  )

/** By the checkpoint that is saved: any process of the context can tell, also of a subscription that runs nowhere. */
export const saved = (name: string, feed: Log): Effect.Effect<number, EventStoreUnavailable, Checkpoints> =>
  Effect.flatMap(Checkpoints, ({ load }) => Effect.flatMap(load(name), (position) => after(feed, position)))

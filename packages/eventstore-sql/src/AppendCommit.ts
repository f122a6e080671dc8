/** The group commit of a log, alike in every database. */
import { type Appended, EventStoreUnavailable, type VersionConflict } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as AppendMetrics from "./AppendMetrics.ts"
import * as GroupCommit from "./GroupCommit.ts"
import { NextTurn } from "./NextTurn.ts"

export const make = <Encoded>(
  name: string,
  commit: (
    batch: ReadonlyArray<Encoded>
  ) => Effect.Effect<ReadonlyArray<Either.Either<Appended, VersionConflict>>, EventStoreUnavailable>
) =>
  Effect.flatMap(NextTurn, (gather) => {
    const measured = AppendMetrics.make(name)
    return GroupCommit.make({
      gather,
      batchSize: 256,
      capacity: 4096,
      closed: new EventStoreUnavailable({
        store: name,
        reason: "closed",
        detail: "the store has been closed"
      }),
      isolate: ({ reason }: EventStoreUnavailable) => ["unknown", "full", "corrupt"].includes(reason),
      commit: (batch: ReadonlyArray<Encoded>) => measured(batch.length)(commit(batch))
    })
  })

/** The group commit of a log, alike in every database. */
import {
  type Append,
  type Appended,
  EventStoreUnavailable,
  type VersionConflict
} from "@saucier/eventsourcing/EventStore"
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as AppendMetrics from "./AppendMetrics.ts"
import * as GroupCommit from "./GroupCommit.ts"
import { NextTurn } from "./NextTurn.ts"

const commits = (batch: ReadonlyArray<{ readonly append: Append }>) => () =>
  batch.flatMap(({ append }) => append.events.map(({ type }): CrashPoint.Name => `commit ${type}`))

export const make = <Encoded extends { readonly append: Append }>(
  name: string,
  commit: (
    batch: ReadonlyArray<Encoded>
  ) => Effect.Effect<ReadonlyArray<Either.Either<Appended, VersionConflict>>, EventStoreUnavailable>
) =>
  Effect.flatMap(Effect.all([NextTurn, CrashPoint.around]), ([gather, around]) => {
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
      commit: (batch: ReadonlyArray<Encoded>) => measured(batch.length)(around(commits(batch))(commit(batch)))
    })
  })

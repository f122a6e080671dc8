/** Everything that one context keeps, in its schema of a PostgreSQL database. */
import * as Layer from "effect/Layer"
import * as CheckpointsPostgres from "./CheckpointsPostgres.ts"
import * as EventStorePostgres from "./EventStorePostgres.ts"
import * as ParkedEventsPostgres from "./ParkedEventsPostgres.ts"
import * as PostgresDatabase from "./PostgresDatabase.ts"
import type * as PostgresPool from "./PostgresPool.ts"
import * as RemindersPostgres from "./RemindersPostgres.ts"

export const layer = (options: PostgresPool.Options) =>
  Layer.mergeAll(
    EventStorePostgres.layer(options),
    CheckpointsPostgres.layer(options.name),
    ParkedEventsPostgres.layer(options.name),
    RemindersPostgres.layer(options.name)
  ).pipe(Layer.provideMerge(PostgresDatabase.layer(options)))

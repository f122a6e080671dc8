/** Everything that one context keeps, in one SQLite file. */
import * as Layer from "effect/Layer"
import * as CheckpointsSqlite from "./CheckpointsSqlite.ts"
import * as EventStoreSqlite from "./EventStoreSqlite.ts"
import * as ParkedEventsSqlite from "./ParkedEventsSqlite.ts"
import * as RemindersSqlite from "./RemindersSqlite.ts"
import * as SqliteDatabase from "./SqliteDatabase.ts"

export const layer = (options: SqliteDatabase.Options) =>
  Layer.mergeAll(
    EventStoreSqlite.layer(options.name),
    CheckpointsSqlite.layer(options.name),
    ParkedEventsSqlite.layer(options.name),
    RemindersSqlite.layer(options.name)
  ).pipe(Layer.provideMerge(SqliteDatabase.layer(options)))

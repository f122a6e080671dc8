import * as CheckpointsSqlite from "@saucier/eventstore-sql/CheckpointsSqlite"
import * as ParkedEventsSqlite from "@saucier/eventstore-sql/ParkedEventsSqlite"
import * as RemindersSqlite from "@saucier/eventstore-sql/RemindersSqlite"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as Layer from "effect/Layer"
import { checkpointsContract } from "../../eventsourcing/test/CheckpointsContract.ts"
import { parkedEventsContract } from "../../eventsourcing/test/ParkedEventsContract.ts"
import { remindersContract } from "../../eventsourcing/test/RemindersContract.ts"

const database = SqliteDatabase.layer({ filename: ":memory:", name: "test" })

checkpointsContract("CheckpointsSqlite", Layer.provide(CheckpointsSqlite.layer("test"), database))
parkedEventsContract("ParkedEventsSqlite", Layer.provide(ParkedEventsSqlite.layer("test"), database))
remindersContract("RemindersSqlite", Layer.provide(RemindersSqlite.layer("test"), database))

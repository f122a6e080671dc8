import * as EventStoreSqlite from "@saucier/eventstore-sql/EventStoreSqlite"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as Layer from "effect/Layer"
import { eventStoreContract } from "../../eventsourcing/test/EventStoreContract.ts"

eventStoreContract(
  "EventStoreSqlite",
  Layer.provide(EventStoreSqlite.layer("test"), SqliteDatabase.layer({ filename: ":memory:", name: "test" }))
)

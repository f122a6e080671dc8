import * as EventStorePostgres from "@saucier/eventstore-sql/EventStorePostgres"
import * as PostgresDatabase from "@saucier/eventstore-sql/PostgresDatabase"
import * as Layer from "effect/Layer"
import { eventStoreContract } from "../../eventsourcing/test/EventStoreContract.ts"
import * as PostgresServer from "./PostgresServer.ts"
import * as PostgresStores from "./PostgresStores.ts"

const store = PostgresStores.fresh((options) =>
  Layer.provide(EventStorePostgres.layer(options), PostgresDatabase.layer(options))
)

eventStoreContract("EventStorePostgres", Layer.provide(store, PostgresServer.shared()))

import * as PostgresStore from "@saucier/eventstore-sql/PostgresStore"
import * as Layer from "effect/Layer"
import { checkpointsContract } from "../../eventsourcing/test/CheckpointsContract.ts"
import { parkedEventsContract } from "../../eventsourcing/test/ParkedEventsContract.ts"
import { remindersContract } from "../../eventsourcing/test/RemindersContract.ts"
import * as PostgresServer from "./PostgresServer.ts"
import * as PostgresStores from "./PostgresStores.ts"

const stores = Layer.provide(PostgresStores.fresh(PostgresStore.layer), PostgresServer.shared())

checkpointsContract("CheckpointsPostgres", stores)
parkedEventsContract("ParkedEventsPostgres", stores)
remindersContract("RemindersPostgres", stores)

import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { eventStoreContract } from "./EventStoreContract.ts"

eventStoreContract("EventStoreMemory", EventStoreMemory.layer())

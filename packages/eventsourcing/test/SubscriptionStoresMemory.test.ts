import * as CheckpointsMemory from "@saucier/eventsourcing/CheckpointsMemory"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import * as RemindersMemory from "@saucier/eventsourcing/RemindersMemory"
import { checkpointsContract } from "./CheckpointsContract.ts"
import { parkedEventsContract } from "./ParkedEventsContract.ts"
import { remindersContract } from "./RemindersContract.ts"

checkpointsContract("CheckpointsMemory", CheckpointsMemory.layer)
parkedEventsContract("ParkedEventsMemory", ParkedEventsMemory.layer)
remindersContract("RemindersMemory", RemindersMemory.layer)

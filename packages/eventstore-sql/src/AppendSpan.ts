import type { Append } from "@saucier/eventsourcing/EventStore"
import * as Traced from "@saucier/eventsourcing/Traced"

/** The wait for a commit, as a call to the database that makes it. */
export const make = (system: "sqlite" | "postgresql", store: string) => ({ events, streamId }: Append) =>
  Traced.step("EventStore.append", "client", () => ({
    "db.system.name": system,
    "db.namespace": store,
    "db.collection.name": "events",
    "db.operation.name": "append",
    "saucier.stream.id": streamId,
    "saucier.event.types": events.map(({ type }) => type)
  }))

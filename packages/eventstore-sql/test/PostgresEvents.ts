/** What the tests of a PostgreSQL store append and look at. */
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import type { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId } from "@saucier/kernel/CommandMeta"

const meta = { correlationId: "c", causationId: null, actor: "test", occurredAt: 0, traceparent: null }

export const append = (store: EventStore["Type"], stream: string, expected: number, command: string) =>
  store.append({
    streamId: StreamId.make(stream),
    expected: Version.make(expected),
    commandId: CommandId.make(command),
    events: [{ type: "Happened", schemaVersion: 1, data: { command } }],
    meta
  })

export const ids = (events: ReadonlyArray<RecordedEvent>) => events.map(({ eventId }) => eventId)

/** An event as somebody else's transaction would insert it. */
export const insert = (schema: string, stream: string, version: number) =>
  `INSERT INTO ${schema}.events (stream_id, version, type, schema_version, data, command_id, command_index,
     correlation_id, actor, occurred_at)
   VALUES ('${stream}', ${version}, 'Happened', 1, 'null', 'c${version}', 0, 'c', 'test', 0)`

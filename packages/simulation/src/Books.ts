/** What one context keeps, as its hosts use it and as the world looks at it from outside. */
import type { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import type { RecordedEvent, StreamId } from "@saucier/eventsourcing/Event"
import type { EventStore } from "@saucier/eventsourcing/EventStore"
import type { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import type { Reminders } from "@saucier/eventsourcing/Reminders"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ContextServer } from "./ContextServer.ts"
import * as ContextStore from "./ContextStore.ts"
import type { Unavailable } from "./DatabaseServer.ts"

export type Ports = EventStore | Checkpoints | ParkedEvents | Reminders | ContextStore.Rows

export interface Books {
  /** For the processes that host the context. */
  readonly ports: Layer.Layer<Ports>
  /** For who only reads, from elsewhere. */
  readonly reading: Layer.Layer<EventStore>
  readonly log: () => ReadonlyArray<RecordedEvent>
  /** Rows of a read model by their key. */
  readonly rows: (table: string) => ReadonlyMap<string, string>
  /** The rows as a process elsewhere is given them. */
  readonly shown: (table: string) => Effect.Effect<ReadonlyArray<string>, Unavailable>
  /** Streams of which somebody was once given less than stood there. */
  readonly readStale: () => Iterable<StreamId>
}

const none: ReadonlyMap<string, string> = new Map()

/** In tables at a server. */
export const atServer = (server: ContextServer): Books => {
  const rows = (table: string) => server.tables().rows.get(table) ?? none
  return {
    ports: ContextStore.layer(server),
    reading: ContextStore.layer(server),
    log: () => server.tables().log,
    rows,
    shown: (table) =>
      server.host.ask(`${server.name} rows`, () => [...(server.look().rows.get(table) ?? none).values()]),
    readStale: server.readStale
  }
}

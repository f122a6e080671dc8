/** One context's database at the server: appends as transactions that take a while, pages below the oldest open one. */
import { eventId, Position, type RecordedEvent, type StreamId, Version } from "@saucier/eventsourcing/Event"
import { type Append, type Appended, VersionConflict } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as ContextState from "./ContextState.ts"
import type { DatabaseServer, Unavailable } from "./DatabaseServer.ts"
import * as DatabaseServerHost from "./DatabaseServer.ts"
import type { Network } from "./Network.ts"
import { hostOf } from "./Sockets.ts"
import type { Count } from "./Sometimes.ts"
import type { World } from "./World.ts"

export interface ContextServer {
  readonly name: string
  readonly host: DatabaseServer
  readonly tables: () => ContextState.Tables
  /** What a read is answered from: the tables, or an older copy of them while reads are stale. */
  readonly look: () => ContextState.Tables
  readonly commit: ContextState.ContextState["commit"]
  readonly append: (
    append: Append,
    process: string
  ) => Effect.Effect<Effect.Effect<Appended, VersionConflict>, Unavailable>
  readonly read: (streamId: StreamId, after: number, process: string) => ReadonlyArray<RecordedEvent>
  readonly page: (after: number, limit: number) => ReadonlyArray<RecordedEvent>
  /** Tells a process of commits; a message may be lost. */
  readonly listen: (process: string, wake: () => void) => void
  readonly losePower: (keep: number) => number
  /** Streams of which somebody was once given less than stood there. */
  readonly readStale: () => Iterable<StreamId>
}

export const categoryOf = (streamId: StreamId) => streamId.slice(0, streamId.indexOf("-"))

const recordedOf = ({ commandId, events, expected, meta, streamId }: Append, first: number) =>
  events.map((event, index): RecordedEvent => ({
    ...meta,
    eventId: eventId(streamId, expected + index + 1),
    streamId,
    version: Version.make(expected + index + 1),
    position: Position.make(String(first + index)),
    type: event.type,
    schemaVersion: event.schemaVersion,
    data: JSON.parse(JSON.stringify(event.data) ?? "null"),
    commandId
  }))

export const make = (
  world: World,
  network: Network,
  host: DatabaseServer,
  name: string,
  count: Count
): ContextServer => {
  const chance = world.chance(`database of ${name}`)
  const state = ContextState.make(world.elapsed)
  const listeners = new Map<string, () => void>()
  /** First positions of the transactions that are under way. */
  const open = new Set<number>()
  /** Up to which version a process was given a stream when more of it stood there. */
  const stale = new Map<StreamId, Map<string, number>>()
  let next = 1
  host.onStop(() => open.clear())

  const tell = (process: string, wake: () => void) => {
    if (!world.isAlive(process)) listeners.delete(process)
    else if (chance.happens(0.95)) network.line(DatabaseServerHost.host, hostOf(process))(wake)
  }

  const look = () => {
    const lag = host.lag()
    return lag === 0 ? state.tables() : state.behind(lag)
  }

  const decide = (
    append: Append,
    first: number,
    process: string
  ): Effect.Effect<Appended, VersionConflict> => {
    const { commandId, events, expected, streamId } = append
    const stream = state.tables().streams.get(streamId) ?? []
    const before = stream.filter((event) => event.commandId === commandId)
    if (before.length > 0) {
      count("a repeated append is known")
      return Effect.succeed({ repeated: true, events: before })
    }
    if (stream.length !== expected) {
      count("a stale writer is refused")
      if (events[0]?.type === "PaymentRequested" && stream[0]?.type === "PaymentVoided") {
        count("a payment is asked for that was voided before")
      }
      if (stale.get(streamId)?.get(process) === expected) {
        count("an append is refused, for its stream was read stale")
      }
      return new VersionConflict({ streamId, expected, actual: Version.make(stream.length) })
    }
    if (events[0]?.type === "PaymentRequested" && events[1]?.type === "PaymentFailed") {
      count("a payment is refused in the commit that asks for it")
    }
    const recorded = recordedOf(append, first)
    state.commit((tables) => {
      for (const event of recorded) ContextState.insert(tables, event)
    }, true)
    world.note(DatabaseServerHost.host, `${streamId}: ${events.map(({ type }) => type).join(", ")}`)
    for (const [process, wake] of listeners) tell(process, wake)
    host.committed(hostOf(process), expected === 0 ? categoryOf(streamId) : undefined)
    return Effect.succeed({ repeated: false, events: recorded })
  }

  return {
    name,
    host,
    tables: state.tables,
    look,
    readStale: () => stale.keys(),
    commit: state.commit,
    losePower: state.losePower,
    append: (append, process) =>
      host.request(`${name} append ${append.commandId}`, (answer) => {
        const began = host.life()
        const first = next
        next += append.events.length
        open.add(first)
        world.after(chance.next() * chance.next() * 8, () => {
          if (began === host.life()) {
            open.delete(first)
            answer(decide(append, first, process))
          } else answer(Effect.die("the server answers for another life"))
        })
      }, true),
    read: (streamId, after, process) => {
      const given = look().streams.get(streamId) ?? []
      const whole = state.tables().streams.get(streamId) ?? []
      if (given.length < whole.length) {
        count("a stream is read stale")
        stale.set(streamId, (stale.get(streamId) ?? new Map<string, number>()).set(process, given.length))
      }
      return given.slice(after)
    },
    page: (after, limit) => {
      const oldest = Math.min(...open)
      const following = ({ log }: ContextState.Tables) => {
        let from = log.length
        while (from > 0 && Number(log[from - 1]?.position) > after) from--
        return log.slice(from, from + limit)
      }
      const given = following(look())
      // An older copy ends before the first commit that it does not have: more than that was open then.
      return following(state.tables()).filter(({ position }, index) =>
        Number(position) < oldest && given[index]?.position === position
      )
    },
    listen: (process, wake) => {
      listeners.set(process, wake)
    }
  }
}

import * as Event from "@saucier/eventsourcing/Event"
import * as Chunk from "effect/Chunk"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Colours from "./Colours.ts"
import type { CommandFailed } from "./CommandFailed.ts"
import * as EventPages from "./EventPages.ts"
import type { Server } from "./Server.ts"

const paint = { order: Colours.cyan, payment: Colours.yellow, delivery: Colours.magenta }

const pretty = ({ context, data, occurredAt, streamId, type, version }: EventPages.LoggedEvent) =>
  [
    Colours.dim(DateTime.formatIso(DateTime.unsafeMake(occurredAt))),
    paint[context](context.padEnd(8)),
    Colours.bold(type.padEnd(24)),
    `${streamId} ${Colours.dim(`v${version}`)}`,
    Colours.dim(JSON.stringify(data))
  ].join(" ")

/** By time, and never against the order of a context's own log: clocks of commands may differ by a little. */
const inOrder = (logs: ReadonlyArray<Chunk.Chunk<EventPages.LoggedEvent>>) =>
  logs.flatMap((log) => {
    const [, timed] = Chunk.mapAccum(log, 0, (latest, event) => {
      const at = Math.max(latest, event.occurredAt)
      return [at, { at, event }]
    })
    return Chunk.toReadonlyArray(timed)
  }).sort((a, b) => a.at - b.at).map(({ event }) => event)

/** How far a context's log has been read. */
interface Read {
  readonly context: EventPages.Recording
  readonly position: Event.Position
}

export interface Options {
  readonly contexts: ReadonlyArray<EventPages.Recording>
  readonly lines: number
  readonly follow: boolean
  readonly json: boolean
}

export const tail = (server: Server, { contexts, follow, json, lines }: Options) =>
  Effect.gen(function*() {
    const show = json ? JSON.stringify : pretty
    const print = (events: ReadonlyArray<EventPages.LoggedEvent>) =>
      Effect.forEach(events, (event) => Console.log(show(event)), { discard: true })
    const lastOf = (events: Chunk.Chunk<EventPages.LoggedEvent>, before: Event.Position) =>
      Option.match(Chunk.last(events), { onNone: () => before, onSome: ({ position }) => position })

    const first = yield* Effect.forEach(contexts, (context) =>
      Effect.map(EventPages.newest(server, context, Math.max(lines, 1)), (events) => ({
        context,
        events,
        position: lastOf(events, Event.start)
      })))
    const all = inOrder(first.map(({ events }) =>
      events
    ))
    yield* print(all.slice(all.length - Math.min(lines, all.length)))
    if (!follow) return

    const further = (positions: ReadonlyArray<Read>) =>
      Effect.gen(function*() {
        const fresh = yield* Effect.forEach(positions, ({ context, position }) =>
          Effect.map(Stream.runCollect(EventPages.read(server, context, position)), (events) => ({
            context,
            events,
            position: lastOf(events, position)
          })))
        yield* print(inOrder(fresh.map(({ events }) =>
          events
        )))
        return fresh
      })
    const forever = (positions: ReadonlyArray<Read>): Effect.Effect<never, CommandFailed> =>
      Effect.flatMap(Effect.delay(further(positions), "500 millis"), forever)
    yield* forever(first)
  })

/** The ports of one context's store over the simulated server, with the semantics of PostgreSQL that its adapters rely on. */
import { CheckpointMoved, Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as PagedFeed from "@saucier/eventsourcing/PagedFeed"
import { type ParkedEvent, ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FiberRef from "effect/FiberRef"
import * as FiberSet from "effect/FiberSet"
import { globalValue } from "effect/GlobalValue"
import * as Layer from "effect/Layer"
import type { ContextServer } from "./ContextServer.ts"
import type { Change, Tables } from "./ContextState.ts"
import * as World from "./World.ts"

/** What the open transaction of a fiber has to change, if it has one. */
const transaction = globalValue(
  "@saucier/simulation/ContextStore/transaction",
  () => FiberRef.unsafeMake<Array<Change> | undefined>(undefined)
)

export const unavailableIn =
  (context: string) => <A>(asked: Effect.Effect<A, "unreachable" | "timeout" | "full">) =>
    Effect.mapError(
      asked,
      (reason) => new EventStoreUnavailable({ store: context, reason, detail: "simulated" })
    )

/** Rows of a read model: locked, read and written by the transaction that moves its checkpoint. */
export class Rows extends Context.Tag("@saucier/simulation/Rows")<Rows, {
  readonly change: (
    table: string,
    key: string,
    by: (row: string | undefined) => string
  ) => Effect.Effect<void, EventStoreUnavailable>
}>() {}

const keyOf = (subscription: string, eventId: string) => `${subscription} ${eventId}`

export const layer = (
  server: ContextServer
): Layer.Layer<EventStore | Checkpoints | ParkedEvents | Reminders | Rows> =>
  Layer.scopedContext(Effect.gen(function*() {
    const { name } = server
    const process = yield* FiberRef.get(World.currentProcess)
    const unavailable = unavailableIn(name)
    const asked = <A>(what: string, work: () => A) => unavailable(server.host.ask(what, work))

    const page = (after: Position, limit: number) =>
      asked(`${name} page`, () => server.page(after === start ? 0 : Number(after), limit))
    const feed = yield* PagedFeed.make(page, { poll: "1 second", gather: "75 millis" })
    const fork = yield* FiberSet.makeRuntime<never>()
    server.listen(process, () => fork(feed.wake))

    const write = (what: string, change: Change) =>
      Effect.flatMap(FiberRef.get(transaction), (open) => {
        if (open !== undefined) return Effect.sync(() => void open.push(change))
        return unavailable(server.host.ask(what, () => server.commit(change, true), true))
      })

    const together = <A, E, R>(
      subscription: string,
      body: Effect.Effect<A, E, R>,
      move: (change: Change) => Either.Either<void, CheckpointMoved>,
      position: Position
    ) =>
      Effect.suspend(() => {
        const changes: Array<Change> = []
        return Effect.flatMap(Effect.locally(body, transaction, changes), (value) => {
          const change: Change = (tables) => {
            for (const one of changes) one(tables)
            tables.checkpoints.set(subscription, position)
          }
          return unavailable(server.host.ask(`${name} commit ${subscription}`, () => move(change), true))
            .pipe(
              Effect.flatten,
              Effect.as(value)
            )
        })
      })

    const checkpointIn = ({ checkpoints }: Tables, subscription: string) =>
      checkpoints.get(subscription) ?? start
    const commitUnsynced = (change: Change) => Either.right(server.commit(change, false))

    return Context.make(
      EventStore,
      EventStore.of({
        read: (streamId, after) => asked(`${name} read`, () => server.read(streamId, after, process)),
        append: (append) =>
          Effect.uninterruptible(unavailable(server.append(append, process))).pipe(
            Effect.flatMap((result) => result)
          ),
        page,
        newest: (limit) => Effect.map(page(start, Number.MAX_SAFE_INTEGER), (events) => events.slice(-limit)),
        feed: feed.from
      })
    ).pipe(
      Context.add(
        Checkpoints,
        Checkpoints.of({
          load: (subscription) =>
            asked(`${name} checkpoint`, () => checkpointIn(server.look(), subscription)),
          commit: (subscription, position, body) =>
            together(subscription, body, commitUnsynced, position).pipe(
              Effect.catchTag("CheckpointMoved", Effect.die)
            ),
          advance: (subscription, from, position, body) =>
            together(
              subscription,
              body,
              (change) =>
                checkpointIn(server.tables(), subscription) === from
                  ? commitUnsynced(change)
                  : Either.left(new CheckpointMoved({ subscription })),
              position
            )
        })
      ),
      Context.add(
        ParkedEvents,
        ParkedEvents.of({
          park: (parked) =>
            write(`${name} park`, (tables) => {
              tables.parked.set(keyOf(parked.subscription, parked.event.eventId), {
                ...parked,
                request: null
              })
            }),
          list: (subscription) =>
            asked(`${name} parked`, () =>
              [...server.look().parked.values()]
                .filter((parked) => subscription === undefined || parked.subscription === subscription)
                .sort(byPlace)),
          request: (subscription, streamId, request) =>
            asked(`${name} ask for parked`, () => {
              const first = [...server.tables().parked.values()]
                .filter((parked) =>
                  parked.subscription === subscription && parked.event.streamId === streamId
                )
                .sort(byPlace)[0]
              if (first === undefined) return false
              server.commit((tables) => {
                tables.parked.set(keyOf(subscription, first.event.eventId), { ...first, request })
              }, true)
              return true
            }),
          remove: (subscription, eventId) =>
            write(`${name} unpark`, (tables) => {
              tables.parked.delete(keyOf(subscription, eventId))
            })
        })
      ),
      Context.add(
        Reminders,
        Reminders.of({
          set: (reminder, due) =>
            write(`${name} remind`, ({ reminders }) => {
              const all = reminders.get(reminder) ?? new Map()
              for (const { dueAt, streamId } of due) all.set(streamId, dueAt)
              reminders.set(reminder, all)
            }),
          clear: (reminder, streamIds) =>
            write(`${name} forget`, ({ reminders }) => {
              for (const streamId of streamIds) reminders.get(reminder)?.delete(streamId)
            }),
          due: (reminder, now, limit) =>
            asked(`${name} due`, () =>
              [...server.look().reminders.get(reminder) ?? []]
                .map(([streamId, dueAt]) => ({ streamId, dueAt }))
                .filter(({ dueAt }) => dueAt <= now)
                .sort((a, b) => a.dueAt - b.dueAt || (a.streamId < b.streamId ? -1 : 1))
                .slice(0, limit))
        })
      ),
      Context.add(
        Rows,
        Rows.of({
          change: (table, key, by) =>
            write(`${name} row`, ({ rows }) => {
              const all = rows.get(table) ?? new Map<string, string>()
              rows.set(table, all.set(key, by(all.get(key))))
            })
        })
      )
    )
  }))

const byPlace = (a: ParkedEvent, b: ParkedEvent) =>
  a.subscription.localeCompare(b.subscription) || a.event.streamId.localeCompare(b.event.streamId) ||
  a.event.version - b.event.version

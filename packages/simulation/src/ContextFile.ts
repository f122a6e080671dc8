/**
 * One context's SQLite file on the disk of the only host that has it open: the real adapters, with the faults of a plan
 * around them. A process that is killed leaves its file as it stands, and what it had not committed is gone.
 */
import * as SqlClient from "@effect/sql/SqlClient"
import type { Connection } from "@effect/sql/SqlConnection"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import type { Position } from "@saucier/eventsourcing/Event"
import { type Append, EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as PagedFeed from "@saucier/eventsourcing/PagedFeed"
import { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as CheckpointsSqlite from "@saucier/eventstore-sql/CheckpointsSqlite"
import { columns, type EventRow, recordedOf } from "@saucier/eventstore-sql/EventRow"
import * as EventStoreSqlite from "@saucier/eventstore-sql/EventStoreSqlite"
import { NextTurn } from "@saucier/eventstore-sql/NextTurn"
import * as ParkedEventsSqlite from "@saucier/eventstore-sql/ParkedEventsSqlite"
import * as RemindersSqlite from "@saucier/eventstore-sql/RemindersSqlite"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import { unavailable as failureOf } from "@saucier/eventstore-sql/SqliteFailure"
import { SqliteFiles } from "@saucier/eventstore-sql/SqliteFiles"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberRef from "effect/FiberRef"
import * as FiberSet from "effect/FiberSet"
import { globalValue } from "effect/GlobalValue"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { join } from "node:path"
import type { Books, Ports } from "./Books.ts"
import { categoryOf } from "./ContextServer.ts"
import { Rows, unavailableIn } from "./ContextStore.ts"
import type { DatabaseServer } from "./DatabaseServer.ts"
import * as DatabaseServerHost from "./DatabaseServer.ts"
import { hostOf } from "./Sockets.ts"
import type { Count } from "./Sometimes.ts"
import * as World from "./World.ts"

export interface ContextFile extends Books {
  /** The system closes the file of a process that died. */
  readonly ended: (process: string) => void
}

/** A process that has the file open. */
interface Life {
  readonly process: string
  readonly scope: Scope.CloseableScope
  connection: Connection | undefined
  page: EventStore["Type"]["page"] | undefined
  fork: (work: Effect.Effect<void>) => void
}

/** Whether a fiber is in the transaction that moves a checkpoint: what it writes there is part of that statement. */
const inside = globalValue(
  "@saucier/simulation/ContextFile/inside",
  () => FiberRef.unsafeMake(false)
)

const eventsText = `SELECT ${columns.join(", ")} FROM events ORDER BY position`
const rowsText = "SELECT key, value FROM simulated_rows WHERE name = ? ORDER BY key"

interface Row {
  readonly key: string
  readonly value: string
}

export const make = (
  world: World.World,
  host: DatabaseServer,
  folder: string,
  name: string,
  count: Count
): ContextFile => {
  const filename = join(folder, `${name}.sqlite`)
  const lives = new Map<string, Life>()
  const database = SqliteDatabase.layer({ filename, name })
  const unavailable = unavailableIn(name)
  const current = () => Array.from(lives.values()).at(-1)

  const read = <A extends object>(text: string, parameters: ReadonlyArray<string>): ReadonlyArray<A> => {
    const open = current()?.connection
    const asked = open === undefined
      ? Effect.scoped(
        Effect.flatMap(
          Layer.build(database),
          (built) => Context.get(built, SqlClient.SqlClient).unsafe<A>(text, parameters)
        )
      )
      : open.execute(text, parameters, undefined)
    return Effect.runSync(Effect.orElseSucceed(asked, () => []))
  }

  const rows = (table: string) => new Map(read<Row>(rowsText, [table]).map(({ key, value }) => [key, value]))

  const heard = (process: string, { events, expected, streamId }: Append) => {
    world.note(DatabaseServerHost.host, `${streamId}: ${events.map(({ type }) => type).join(", ")}`)
    host.committed(hostOf(process), expected === 0 ? categoryOf(streamId) : undefined)
  }

  const ports: Layer.Layer<Ports> = Layer.scopedContext(Effect.gen(function*() {
    const process = yield* FiberRef.get(World.currentProcess)
    const fork = yield* FiberSet.makeRuntime<never>()
    const life: Life = {
      process,
      scope: yield* Scope.make(),
      connection: undefined,
      page: undefined,
      fork: (work) => void fork(work)
    }
    lives.set(process, life)
    const files = SqliteFiles.of({
      open: Effect.succeed([]),
      add: ({ connection }) =>
        Effect.sync(() => {
          life.connection = connection
        })
    })
    const opened = yield* Layer.buildWithScope(
      Layer.provide(database, Layer.succeed(SqliteFiles, files)),
      life.scope
    )
    const built = yield* Layer.build(
      Layer.mergeAll(
        EventStoreSqlite.layer(name),
        CheckpointsSqlite.layer(name),
        ParkedEventsSqlite.layer(name),
        RemindersSqlite.layer(name)
      ).pipe(Layer.provide(Layer.succeedContext(opened)))
    )
    const sql = Context.get(opened, SqlClient.SqlClient)
    const failure = failureOf(name)
    yield* sql`CREATE TABLE IF NOT EXISTS simulated_rows (
      name TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name, key)) WITHOUT ROWID`
    const store = Context.get(built, EventStore)
    const checkpoints = Context.get(built, Checkpoints)
    const parked = Context.get(built, ParkedEvents)
    const reminders = Context.get(built, Reminders)
    life.page = store.page

    const asked = <A, E>(
      what: string,
      work: Effect.Effect<A, E>,
      writes = false
    ): Effect.Effect<A, E | EventStoreUnavailable> =>
      Effect.flatMap(FiberRef.get(inside), (within) =>
        within ? work : Effect.flatten(
          unavailable(
            host.request<Exit.Exit<A, E>>(
              `${name} ${what}`,
              (answer) => life.fork(Effect.map(Effect.exit(work), answer)),
              writes
            )
          )
        ))

    const within = <A, E, R>(write: Effect.Effect<A, E, R>, context: Context.Context<R>) =>
      Effect.locally(Effect.provide(write, context), inside, true)

    return Context.make(
      EventStore,
      EventStore.of({
        ...store,
        read: (streamId, after) => asked("read", store.read(streamId, after)),
        append: (append) =>
          Effect.uninterruptible(asked(
            `append ${append.commandId}`,
            store.append(append).pipe(
              Effect.tap(({ repeated }) =>
                Effect.sync(() => repeated ? count("a repeated append is known") : heard(process, append))
              ),
              Effect.tapErrorTag(
                "VersionConflict",
                () => Effect.sync(() => count("a stale writer is refused"))
              )
            ),
            true
          )),
        page: (after, limit) => asked("page", store.page(after, limit))
      })
    ).pipe(
      Context.add(
        Checkpoints,
        Checkpoints.of({
          load: (subscription) => asked("checkpoint", checkpoints.load(subscription)),
          commit: <A, E, R>(subscription: string, position: Position, write: Effect.Effect<A, E, R>) =>
            Effect.flatMap(Effect.context<R>(), (context) =>
              asked(
                `commit ${subscription}`,
                checkpoints.commit(subscription, position, within(write, context)),
                true
              )),
          advance: <A, E, R>(
            subscription: string,
            from: Position,
            position: Position,
            write: Effect.Effect<A, E, R>
          ) =>
            Effect.flatMap(Effect.context<R>(), (context) =>
              asked(
                `commit ${subscription}`,
                checkpoints.advance(subscription, from, position, within(write, context)),
                true
              ))
        })
      ),
      Context.add(
        ParkedEvents,
        ParkedEvents.of({
          park: (event) => asked("park", parked.park(event), true),
          list: (subscription) => asked("parked", parked.list(subscription)),
          request: (subscription, streamId, request) =>
            asked("ask for parked", parked.request(subscription, streamId, request)),
          remove: (subscription, eventId) => asked("unpark", parked.remove(subscription, eventId), true)
        })
      ),
      Context.add(
        Reminders,
        Reminders.of({
          set: (reminder, due) => asked("remind", reminders.set(reminder, due), true),
          clear: (reminder, streamIds) => asked("forget", reminders.clear(reminder, streamIds), true),
          due: (reminder, now, limit) => asked("due", reminders.due(reminder, now, limit))
        })
      ),
      Context.add(
        Rows,
        Rows.of({
          change: (table, key, by) =>
            asked(
              "row",
              sql<Row>`SELECT key, value FROM simulated_rows WHERE name = ${table} AND key = ${key}`.pipe(
                Effect.flatMap(([row]) =>
                  sql`INSERT INTO simulated_rows (name, key, value) VALUES (${table}, ${key}, ${
                    by(row?.value)
                  })
                      ON CONFLICT (name, key) DO UPDATE SET value = excluded.value`
                ),
                Effect.mapError(failure),
                Effect.asVoid
              ),
              true
            )
        })
      )
    )
  })).pipe(
    Layer.provide(Layer.succeed(NextTurn, Effect.sleep(0))),
    Layer.orDie
  )

  const gone = new EventStoreUnavailable({ store: name, reason: "closed", detail: "nobody has it open" })

  /** Over the process that has the file open. */
  const page: EventStore["Type"]["page"] = (after, limit) =>
    Effect.flatten(unavailable(
      host.request<
        Effect.Effect<Effect.Effect.Success<ReturnType<EventStore["Type"]["page"]>>, EventStoreUnavailable>
      >(
        `${name} page`,
        (answer) => {
          const life = current()
          const work = life?.page?.(after, limit)
          if (life === undefined || work === undefined) answer(gone)
          else life.fork(Effect.map(Effect.exit(work), answer))
        }
      )
    ))

  const reading = Layer.scoped(
    EventStore,
    Effect.map(PagedFeed.make(page, { poll: "1 second", gather: "75 millis" }), (feed) =>
      EventStore.of({
        page,
        feed: feed.from,
        read: () => gone,
        newest: () => gone,
        append: () => gone
      }))
  )

  return {
    ports,
    reading,
    log: () => read<EventRow>(eventsText, []).map(recordedOf),
    rows,
    shown: (table) => host.ask(`${name} rows`, () => [...rows(table).values()]),
    readStale: () => [],
    ended: (process) => {
      const life = lives.get(process)
      if (life === undefined) return
      lives.delete(process)
      Effect.runSync(Scope.close(life.scope, Exit.void))
    }
  }
}

/** The log of one context in a SQLite file that this process alone has open (SqliteDatabase). */
import * as SqlClient from "@effect/sql/SqlClient"
import type { Connection } from "@effect/sql/SqlConnection"
import type { SqlError } from "@effect/sql/SqlError"
import type { Position } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as PagedFeed from "@saucier/eventsourcing/PagedFeed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as AppendCommit from "./AppendCommit.ts"
import * as AppendSpan from "./AppendSpan.ts"
import { columns, recordedRows } from "./EventRow.ts"
import * as RecentEvents from "./RecentEvents.ts"
import * as SqliteAppend from "./SqliteAppend.ts"
import { unavailable } from "./SqliteFailure.ts"
import { migrate } from "./SqliteMigrations.ts"
import { isOpen, transaction } from "./SqliteTransaction.ts"

const select = `SELECT ${columns.join(", ")} FROM events`
const ofStream = `${select} WHERE stream_id = ? AND version > ? ORDER BY version`
const ofLog = `${select} WHERE position > ? ORDER BY position LIMIT ?`
const newest = `${select} ORDER BY position DESC LIMIT ?`
const lastPosition = "SELECT coalesce(max(position), 0) AS head FROM events"

const recentEvents = 4096

const numberOf = (position: Position): Effect.Effect<number> => {
  const number = Number(position)
  return Number.isSafeInteger(number) && number >= 0
    ? Effect.succeed(number)
    : Effect.dieMessage(`${position} is not a position of this store`)
}

const make = (name: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const failure = unavailable(name)
    const withConnection = <A>(
      use: (connection: Connection) => Effect.Effect<A, SqlError>
    ): Effect.Effect<A, EventStoreUnavailable> =>
      Effect.mapError(Effect.scoped(Effect.flatMap(sql.reserve, use)), failure)

    const query = (text: string, parameters: ReadonlyArray<unknown>) =>
      withConnection((connection) =>
        Effect.flatMap(connection.execute(text, parameters, undefined), recordedRows)
      )

    yield* migrate(name)
    const own = yield* withConnection(Effect.succeed)
    const [{ head }] = yield* withConnection((connection) => connection.execute(lastPosition, [], undefined))
    const recent = RecentEvents.make(recentEvents, head)

    const page = (after: Position, limit: number) =>
      Effect.flatMap(numberOf(after), (position) =>
        Option.match(recent.after(position, limit), {
          onNone: () => query(ofLog, [position, limit]),
          onSome: Effect.succeed
        }))
    const feed = yield* PagedFeed.make(page, { poll: "1 second", gather: "75 millis" })

    const group = yield* AppendCommit.make(name, (batch: ReadonlyArray<SqliteAppend.Encoded>) =>
      withConnection((connection) =>
        transaction(connection, SqliteAppend.write(connection, batch))
      ).pipe(
        Effect.tap(({ events, first }) => {
          if (events.length === 0) return Effect.void
          recent.push(first, events)
          return feed.wake
        }),
        Effect.map(({ replies }) => replies)
      ))

    const traced = AppendSpan.make("sqlite", name)

    return EventStore.of({
      read: (streamId, after) => query(ofStream, [streamId, after]),
      page,
      newest: (limit) => Effect.map(query(newest, [limit]), (events) => events.toReversed()),
      feed: feed.from,
      append: (append) =>
        Effect.flatMap(isOpen(own), (inside) =>
          inside
            ? Effect.dieMessage(`An append to ${name} waits for the transaction that it was called in`)
            : Effect.suspend(() => {
              const data = append.events.map((event) => JSON.stringify(event.data) ?? "null")
              return traced(append)(group.submit({ append, data }))
            }))
    })
  })

export const layer = (name: string): Layer.Layer<EventStore, EventStoreUnavailable, SqlClient.SqlClient> =>
  Layer.scoped(EventStore, make(name))

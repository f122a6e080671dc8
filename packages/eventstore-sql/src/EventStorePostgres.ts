/** The log of one context in a PostgreSQL database that any number of processes share. */
import * as SqlClient from "@effect/sql/SqlClient"
import { SqlError } from "@effect/sql/SqlError"
import { type Position, start } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as PagedFeed from "@saucier/eventsourcing/PagedFeed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import * as AppendCommit from "./AppendCommit.ts"
import * as AppendSpan from "./AppendSpan.ts"
import * as PostgresAppend from "./PostgresAppend.ts"
import { unavailable } from "./PostgresFailure.ts"
import * as PostgresListener from "./PostgresListener.ts"
import * as PostgresPages from "./PostgresPages.ts"
import * as PostgresPool from "./PostgresPool.ts"
import * as PostgresRetry from "./PostgresRetry.ts"
import { columns, type PostgresRow, recordedRows } from "./PostgresRow.ts"
import * as PostgresText from "./PostgresText.ts"
import { isOpen } from "./PostgresTransaction.ts"

const shortestHold = 10
const longestHold = 1000

/** A server that counts transactions from anew, as after a restore from a dump, would hide what it did not write itself. */
const sameServer = Effect.flatMap(SqlClient.SqlClient, (sql) =>
  sql<{ readonly foreign: boolean | null }>`
    SELECT max(transaction_id) >= pg_snapshot_xmax(pg_current_snapshot()) AS foreign FROM events`).pipe(
    Effect.filterOrFail(
      ([row]) => row?.foreign !== true,
      () =>
        new SqlError({
          cause: {
            code: "XX001",
            message: "events were written by transactions that this server has yet to count to; " +
              "raise its counter with pg_resetwal --next-transaction-id before it is used"
          }
        })
    )
  )

const make = (options: PostgresPool.Options) =>
  Effect.gen(function*() {
    const { name } = options
    const sql = yield* SqlClient.SqlClient
    const failure = unavailable(name)
    yield* Effect.mapError(PostgresRetry.briefly(sameServer), failure)

    const pageOf = yield* PostgresPages.make
    let hold = shortestHold
    let waiting = false
    const scope = yield* Effect.scope
    const wakeLater = Effect.suspend(() => {
      if (waiting) return Effect.void
      waiting = true
      const delay = hold
      hold = Math.min(hold * 2, longestHold)
      const wake = Effect.suspend(() => {
        waiting = false
        return feed.wake
      })
      return Effect.forkIn(Effect.delay(wake, delay), scope)
    })
    const page = (after: Position, limit: number) =>
      PostgresRetry.briefly(pageOf(after, limit)).pipe(
        Effect.tap(({ held }) => {
          if (held) return wakeLater
          hold = shortestHold
          return Effect.void
        }),
        Effect.map(({ events }) => events),
        Effect.mapError(failure)
      )
    const feed: PagedFeed.PagedFeed<EventStoreUnavailable> = yield* PagedFeed.make(page, {
      poll: "1 second",
      gather: "200 millis"
    })

    /** A log that came back from an earlier instant than its reader writes at places that the reader counts as seen. */
    const feedFrom = (after: Position) =>
      Effect.gen(function*() {
        if (!(yield* PostgresRetry.briefly(PostgresPages.isAhead(after)))) return feed.from(after)
        yield* Effect.logWarning("A reader had seen events that this log has lost, and is told all again")
          .pipe(
            Effect.annotateLogs({ store: name, position: after })
          )
        return feed.from(start)
      }).pipe(Effect.provideService(SqlClient.SqlClient, sql), Effect.mapError(failure), Stream.unwrap)

    const channel = PostgresPool.schemaOf(options)
    const writer = String(yield* Random.nextIntBetween(0, Number.MAX_SAFE_INTEGER))
    yield* PostgresListener.run(options, {
      channel,
      heard: (payload) => payload === writer ? Effect.void : feed.wake
    })

    const commit = (wave: ReadonlyArray<PostgresAppend.Encoded>) =>
      PostgresRetry.briefly(
        Effect.scoped(
          Effect.flatMap(
            sql.reserve,
            (connection) => PostgresAppend.commit(connection, wave, { channel, writer })
          )
        )
      )

    const group = yield* AppendCommit.make(name, (batch: ReadonlyArray<PostgresAppend.Encoded>) =>
      PostgresAppend.inWaves(batch, commit).pipe(Effect.mapError(failure), Effect.ensuring(feed.wake)))

    const traced = AppendSpan.make("postgresql", name)

    return EventStore.of({
      read: (streamId, after) =>
        sql<PostgresRow>`
          SELECT ${sql.literal(columns)} FROM events
          WHERE stream_id = ${PostgresText.encode(streamId)} AND version > ${after} ORDER BY version`.pipe(
          Effect.flatMap(recordedRows),
          PostgresRetry.briefly,
          Effect.mapError(failure)
        ),
      page,
      newest: (limit) =>
        PostgresRetry.briefly(PostgresPages.newest(limit)).pipe(
          Effect.provideService(SqlClient.SqlClient, sql),
          Effect.mapError(failure)
        ),
      feed: feedFrom,
      append: (append) =>
        Effect.flatMap(isOpen(sql), (inside) =>
          inside
            ? Effect.dieMessage(
              `An append to ${name} would not be part of the transaction that it was called in`
            )
            : Effect.suspend(() => {
              const data = append.events.map((event) =>
                JSON.stringify(event.data) ?? "null"
              )
              return traced(append)(group.submit({ append, data }))
            }))
    })
  })

export const layer = (
  options: PostgresPool.Options
): Layer.Layer<EventStore, EventStoreUnavailable, SqlClient.SqlClient> =>
  Layer.scoped(EventStore, make(options))

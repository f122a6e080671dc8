/** A batch of appends against the log: what is judged, and how it is written. Runs inside the writer's transaction. */
import type { Connection } from "@effect/sql/SqlConnection"
import type { SqlError } from "@effect/sql/SqlError"
import { type RecordedEvent, Version } from "@saucier/eventsourcing/Event"
import { type Append, type Appended, VersionConflict } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { columns, type EventRow, recordedOf, recordedRows, rowOf } from "./EventRow.ts"

/** An append with its events' data as JSON text, made by the caller so that what cannot be written fails there. */
export interface Encoded {
  readonly append: Append
  readonly data: ReadonlyArray<string>
}

export interface Committed {
  readonly replies: ReadonlyArray<Either.Either<Appended, VersionConflict>>
  /** Position of the first of `events`. */
  readonly first: number
  readonly events: ReadonlyArray<RecordedEvent>
}

interface Known {
  readonly version: number
  readonly repeated: number
  readonly head: number
}

const lookUp = `
  SELECT (SELECT coalesce(max(version), 0) FROM events WHERE stream_id = wanted.value ->> 0) AS version,
         EXISTS (SELECT 1 FROM events
                 WHERE stream_id = wanted.value ->> 0 AND command_id = wanted.value ->> 1) AS repeated,
         (SELECT coalesce(max(position), 0) FROM events) AS head
  FROM json_each(?) AS wanted ORDER BY wanted.key`

const select = `SELECT ${columns.join(", ")} FROM events`
const ofCommand = `${select} WHERE stream_id = ? AND command_id = ? ORDER BY command_index`

/** A few sizes of INSERT, so that the prepared ones serve every batch. */
const inserts = [64, 16, 4, 1].map((size) => ({
  size,
  sql: `INSERT INTO events (${columns.join(", ")}) VALUES ${
    Array.from({ length: size }, () => `(${columns.map(() => "?").join(", ")})`).join(", ")
  }`
}))

const insert = (connection: Connection, rows: ReadonlyArray<EventRow>): Effect.Effect<void, SqlError> => {
  const chunk = inserts.find(({ size }) => size <= rows.length)
  if (chunk === undefined) return Effect.void
  const values = rows.slice(0, chunk.size).flatMap((row) => columns.map((column) => row[column]))
  return Effect.zipRight(
    connection.executeRaw(chunk.sql, values),
    Effect.suspend(() => insert(connection, rows.slice(chunk.size)))
  )
}

const key = ({ commandId, streamId }: Append) => JSON.stringify([streamId, commandId])

const recordedBefore = (connection: Connection, batch: ReadonlyArray<Encoded>, known: ReadonlyArray<Known>) =>
  Effect.map(
    Effect.forEach(
      batch.filter((_, index) => known[index]?.repeated === 1),
      ({ append }) =>
        connection.execute(ofCommand, [append.streamId, append.commandId], undefined).pipe(
          Effect.flatMap(recordedRows),
          Effect.map((events) => [key(append), events] as const)
        )
    ),
    (entries) => new Map<string, ReadonlyArray<RecordedEvent>>(entries)
  )

/** Judges the batch in its order, each append against what those before it leave behind. */
const judge = (
  batch: ReadonlyArray<Encoded>,
  known: ReadonlyArray<Known>,
  recorded: Map<string, ReadonlyArray<RecordedEvent>>
): Committed & { readonly rows: ReadonlyArray<EventRow> } => {
  const versions = new Map<string, number>()
  const rows: Array<EventRow> = []
  const events: Array<RecordedEvent> = []
  const first = (known[0]?.head ?? 0) + 1
  const replies = batch.map(({ append, data }, index): Either.Either<Appended, VersionConflict> => {
    const { expected, streamId } = append
    const before = recorded.get(key(append))
    if (before !== undefined) return Either.right({ repeated: true, events: before })
    const actual = versions.get(streamId) ?? known[index]?.version ?? 0
    if (actual !== expected) {
      return Either.left(new VersionConflict({ streamId, expected, actual: Version.make(actual) }))
    }
    const appended = append.events.map((event, index) => {
      const at = { position: first + rows.length, version: actual + index + 1, index }
      const row = rowOf(append, event, data[index] ?? "null", at)
      rows.push(row)
      return recordedOf(row)
    })
    versions.set(streamId, actual + appended.length)
    if (appended.length > 0) recorded.set(key(append), appended)
    for (const event of appended) events.push(event)
    return Either.right({ repeated: false, events: appended })
  })
  return { replies, first, events, rows }
}

export const write = (
  connection: Connection,
  batch: ReadonlyArray<Encoded>
): Effect.Effect<Committed, SqlError> =>
  Effect.gen(function*() {
    const wanted = JSON.stringify(batch.map(({ append }) => [append.streamId, append.commandId]))
    const known: ReadonlyArray<Known> = yield* connection.execute(lookUp, [wanted], undefined)
    const recorded = yield* recordedBefore(connection, batch, known)
    const committed = judge(batch, known, recorded)
    yield* insert(connection, committed.rows)
    return committed
  })

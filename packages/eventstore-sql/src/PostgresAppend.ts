/** A batch of appends against the log: judged and written by one statement, which is one round trip and one commit. */
import type { Connection } from "@effect/sql/SqlConnection"
import type { SqlError } from "@effect/sql/SqlError"
import { eventId, type RecordedEvent, Version } from "@saucier/eventsourcing/Event"
import { type Append, type Appended, VersionConflict } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { columns, positionOf, type PostgresRow, recordedRows } from "./PostgresRow.ts"
import * as PostgresText from "./PostgresText.ts"

/** An append with its events' data as JSON text, made by the caller so that what cannot be written fails there. */
export interface Encoded {
  readonly append: Append
  readonly data: ReadonlyArray<string>
}

type Reply = Either.Either<Appended, VersionConflict>

interface Judged extends Pick<PostgresRow, "transaction_id" | "position"> {
  /** The place of the append in the batch, from 1. */
  readonly item: string
  readonly actual: string
  readonly repeated: boolean
}

// Sorted by stream, so that two writers meet on the same rows in the same order and never wait for each other in a ring.
const write = `
  WITH wanted AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                         $7::float8[], $8::text[], $9::text[])
      WITH ORDINALITY AS w (stream_id, command_id, expected, correlation_id, causation_id, actor, occurred_at,
                            traceparent, runner, item)
  ), judged AS MATERIALIZED (
    SELECT w.*,
           coalesce((SELECT max(e.version) FROM events e WHERE e.stream_id = w.stream_id), 0) AS actual,
           EXISTS (SELECT FROM events e
                   WHERE e.stream_id = w.stream_id AND e.command_id = w.command_id) AS repeated
    FROM wanted w
  ), written AS (
    INSERT INTO events (stream_id, version, type, schema_version, data, command_id, command_index,
                        correlation_id, causation_id, actor, occurred_at, traceparent, runner)
    SELECT j.stream_id, j.expected + n.index + 1, n.type, n.schema_version, n.data, j.command_id, n.index,
           j.correlation_id, j.causation_id, j.actor, j.occurred_at, j.traceparent, j.runner
    FROM judged j
    JOIN unnest($10::bigint[], $11::int[], $12::text[], $13::bigint[], $14::text[])
      AS n (item, index, type, schema_version, data) USING (item)
    WHERE j.actual = j.expected AND NOT j.repeated
    ORDER BY j.stream_id, n.index
    RETURNING stream_id, version, position, transaction_id
  )
  SELECT j.item, j.actual, j.repeated, w.position, w.transaction_id,
         (SELECT pg_notify($15, $16) FROM written LIMIT 1)
  FROM judged j LEFT JOIN written w USING (stream_id) ORDER BY j.item, w.version`

const parametersOf = (batch: ReadonlyArray<Encoded>) => {
  const of = <A>(field: (append: Append) => A) => batch.map(({ append }) => field(append))
  const events = batch.flatMap(({ append, data }, item) =>
    append.events.map((event, index) => ({ ...event, item: item + 1, index, data: data[index] ?? "null" }))
  )
  return [
    of(({ streamId }) => PostgresText.encode(streamId)),
    of(({ commandId }) => PostgresText.encode(commandId)),
    of(({ expected }) => expected),
    of(({ meta }) => PostgresText.encode(meta.correlationId)),
    of(({ meta }) => PostgresText.encodeNullable(meta.causationId)),
    of(({ meta }) => PostgresText.encode(meta.actor)),
    of(({ meta }) => meta.occurredAt),
    of(({ meta }) => PostgresText.encodeNullable(meta.traceparent)),
    of(({ meta }) => PostgresText.encodeNullable(meta.runner ?? null)),
    events.map(({ item }) => item),
    events.map(({ index }) => index),
    events.map(({ type }) => PostgresText.encode(type)),
    events.map(({ schemaVersion }) => schemaVersion),
    events.map(({ data }) => data)
  ]
}

const recordedBefore = `
  SELECT ${columns} FROM events
  WHERE stream_id = $1 AND command_id = $2 ORDER BY command_index`

const replyOf = (
  connection: Connection,
  { append, data }: Encoded,
  rows: ReadonlyArray<Judged>
): Effect.Effect<Reply, SqlError> => {
  const { commandId, events, expected, meta, streamId } = append
  const [first] = rows
  if (first?.repeated === true) {
    const key = [PostgresText.encode(streamId), PostgresText.encode(commandId)]
    return connection.execute(recordedBefore, key, undefined).pipe(
      Effect.flatMap(recordedRows),
      Effect.map((events) => Either.right({ repeated: true, events }))
    )
  }
  const actual = Version.make(Number(first?.actual ?? 0))
  if (actual !== expected) {
    return Effect.succeed(Either.left(new VersionConflict({ streamId, expected, actual })))
  }
  const recorded = events.flatMap((event, index): ReadonlyArray<RecordedEvent> => {
    const row = rows[index]
    const version = Version.make(expected + index + 1)
    return row === undefined ? [] : [{
      ...meta,
      eventId: eventId(streamId, version),
      streamId,
      version,
      position: positionOf(row),
      type: event.type,
      schemaVersion: event.schemaVersion,
      data: JSON.parse(data[index] ?? "null"),
      commandId
    }]
  })
  return Effect.succeed(Either.right({ repeated: false, events: recorded }))
}

/** No stream twice: a statement does not see what it writes, so the second append of a stream needs the next one. */
export const inWaves = <E>(
  batch: ReadonlyArray<Encoded>,
  commit: (wave: ReadonlyArray<Encoded>) => Effect.Effect<ReadonlyArray<Reply>, E>
): Effect.Effect<ReadonlyArray<Reply>, E> => {
  const seen = new Map<string, number>()
  const waves: Array<Array<number>> = []
  for (const [index, { append: { streamId } }] of batch.entries()) {
    const wave = seen.get(streamId) ?? 0
    seen.set(streamId, wave + 1)
    const others = waves[wave]
    if (others === undefined) waves.push([index])
    else others.push(index)
  }
  const replies: Array<Reply> = []
  const run = (indexes: ReadonlyArray<number>) =>
    Effect.map(commit(indexes.flatMap((index) => batch[index] ?? [])), (answers) => {
      for (const [place, index] of indexes.entries()) {
        const answer = answers[place]
        if (answer !== undefined) replies[index] = answer
      }
    })
  return Effect.as(Effect.forEach(waves, run, { discard: true }), replies)
}

/** All of the wave or, by failing, none. Those who listen on `channel` are told who `writer` is. */
export const commit = (
  connection: Connection,
  wave: ReadonlyArray<Encoded>,
  { channel, writer }: { readonly channel: string; readonly writer: string }
): Effect.Effect<ReadonlyArray<Reply>, SqlError> =>
  Effect.gen(function*() {
    const rows: ReadonlyArray<Judged> = yield* connection.execute(
      write,
      [...parametersOf(wave), channel, writer],
      undefined
    )
    const byItem = new Map<number, Array<Judged>>()
    for (const row of rows) {
      const item = Number(row.item) - 1
      const others = byItem.get(item)
      if (others === undefined) byItem.set(item, [row])
      else others.push(row)
    }
    return yield* Effect.forEach(
      wave,
      (encoded, item) => replyOf(connection, encoded, byItem.get(item) ?? [])
    )
  })

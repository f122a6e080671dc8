import * as SqlClient from "@effect/sql/SqlClient"
import type { Connection } from "@effect/sql/SqlConnection"
import { assert, describe, it } from "@effect/vitest"
import { start, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreSqlite from "@saucier/eventstore-sql/EventStoreSqlite"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const meta = { correlationId: "c", causationId: null, actor: "test", occurredAt: 0, traceparent: null }

const append = (stream: string, expected: number, command = "c") =>
  Effect.flatMap(EventStore, (store) =>
    store.append({
      streamId: StreamId.make(stream),
      expected: Version.make(expected),
      commandId: CommandId.make(command),
      events: [{ type: "Happened", schemaVersion: 1, data: null }],
      meta
    }))

/** A database that notes each statement of the writer. */
const noting = (statements: Array<string>) =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.map(SqlClient.SqlClient, (sql) => {
      const reserve = Effect.map(sql.reserve, (connection): Connection => ({
        ...connection,
        execute: (text, ...rest) => {
          statements.push(text)
          return connection.execute(text, ...rest)
        },
        executeRaw: (text, ...rest) => {
          statements.push(text)
          return connection.executeRaw(text, ...rest)
        }
      }))
      return Object.assign(sql, { reserve })
    })
  ).pipe(Layer.provide(SqliteDatabase.layer({ filename: ":memory:", name: "test" })))

describe("EventStoreSqlite under many writers", () => {
  it.live("commits what waits in one transaction of a handful of statements, and a conflict fails alone", () => {
    const statements: Array<string> = []
    return Effect.gen(function*() {
      yield* append("first", 0)
      statements.length = 0
      const exits = yield* Effect.forEach(
        Array.from({ length: 64 }, (_, index) => index),
        (index) => Effect.either(append(`s${index}`, index === 7 ? 1 : 0)),
        { concurrency: "unbounded" }
      )
      const refused = exits.flatMap((exit, index) => exit._tag === "Left" ? [[index, exit.left._tag]] : [])
      assert.deepStrictEqual(refused, [[7, "VersionConflict"]])
      assert.strictEqual(statements.filter((text) => text === "COMMIT").length, 1)
      assert.isAtMost(statements.length, 12)
      const store = yield* EventStore
      assert.strictEqual((yield* store.page(start, 1000)).length, 64)
    }).pipe(Effect.provide(Layer.provide(EventStoreSqlite.layer("test"), noting(statements))))
  })

  it.live("judges the appends of one transaction in their order", () => {
    const statements: Array<string> = []
    return Effect.gen(function*() {
      const replies = yield* Effect.all(
        [
          append("a", 0, "one"),
          append("a", 1, "two"),
          append("a", 0, "one"),
          append("a", 1, "late"),
          append("a", 2, "three")
        ].map(Effect.either),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(
        replies.map((reply) =>
          reply._tag === "Left"
            ? reply.left._tag
            : [reply.right.repeated, reply.right.events.map(({ eventId }) => eventId)]
        ),
        [[false, ["a/1"]], [false, ["a/2"]], [true, ["a/1"]], "VersionConflict", [false, ["a/3"]]]
      )
      assert.strictEqual(statements.filter((text) => text === "BEGIN IMMEDIATE").length, 1)
    }).pipe(Effect.provide(Layer.provide(EventStoreSqlite.layer("test"), noting(statements))))
  })
})

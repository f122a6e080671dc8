/** A database of one's own on the PostgreSQL server that a cluster brings, by what its folder holds. */
import * as PgClient from "@effect/sql-pg/PgClient"
import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { because } from "./Broken.ts"

const read = (...path: ReadonlyArray<string>) =>
  Effect.tryPromise({
    try: () => readFile(join(...path), "utf8"),
    catch: (error) => because(`The cluster's database: ${String(error)}`)
  })

const portLine = 3

/** Its address. It is gone with the folder. */
export const make = (data: string, name: string) =>
  Effect.gen(function*() {
    const password = yield* read(data, "postgres", "password")
    const port = (yield* read(data, "postgres", "data", "postmaster.pid")).split("\n")[portLine]
    const url = (database: string) => `postgres://saucier:${password}@127.0.0.1:${port}/${database}`
    yield* Effect.flatMap(SqlClient.SqlClient, (sql) => sql`CREATE DATABASE ${sql(name)}`).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(url("postgres")) })),
      Effect.mapError(({ message }) => because(`The cluster's database: ${message}`))
    )
    return url(name)
  })

/** `saucier migrate`, over the stores of an earlier release and over new ones, on both engines. */
import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import * as PostgresServer from "../../../packages/eventstore-sql/test/PostgresServer.ts"
import * as CliProcess from "./CliProcess.ts"
import * as World from "./World.ts"

const releases = join(import.meta.dirname, "release")
const stores = ["order", "payment", "delivery", "dashboard"]

const released = (version: string) =>
  Effect.tap(World.temporaryFolder, (folder) =>
    Effect.sync(() => {
      for (const file of readdirSync(join(releases, version))) {
        writeFileSync(
          join(folder, file.replace(".gz", "")),
          gunzipSync(readFileSync(join(releases, version, file)))
        )
      }
    }))

const migrate = (settings: Record<string, string>, ...more: ReadonlyArray<string>) =>
  CliProcess.run(["migrate", ...more], settings)

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly required: number
}

/** Every column of every table, as the file has it. */
const columnsOf = (folder: string, store: string) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    sql<Column>`
      SELECT t.name AS "table", c.name, c.type, (c."notnull" AND c.dflt_value IS NULL AND NOT c.pk) AS required
      FROM sqlite_master AS t, pragma_table_info(t.name) AS c
      WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`).pipe(
      Effect.provide(SqliteDatabase.layer({ filename: join(folder, `${store}.db`), name: store }))
    )

describe("saucier migrate", () => {
  it.scopedLive("says what it would do to new stores, and makes no file", () =>
    Effect.gen(function*() {
      const folder = yield* World.temporaryFolder
      const { code, errors, text } = yield* migrate({ SAUCIER_DATA_DIR: folder }, "--dry-run")
      assert.strictEqual(code, 0, errors)
      assert.match(text, /^dashboard +new, would apply 0001_events, .*0001_dashboard, 0002_waiting/m)
      assert.deepStrictEqual(readdirSync(folder), [])
    }), 60_000)

  describe.each(readdirSync(releases))("the stores of release %s", (version) => {
    it.scopedLive(
      "keep every column that it reads and gain none that it would have to write",
      () =>
        Effect.gen(function*() {
          const folder = yield* released(version)
          const settings = { SAUCIER_DATA_DIR: folder }
          const before = yield* Effect.forEach(stores, (store) => columnsOf(folder, store))

          const told = yield* migrate(settings, "--dry-run", "--json")
          const pending = JSON.parse(told.text).flatMap((plan: { pending: ReadonlyArray<string> }) =>
            plan.pending
          )
          assert.include(pending, "0003_runner")
          assert.deepStrictEqual(yield* Effect.forEach(stores, (store) => columnsOf(folder, store)), before)

          const done = yield* migrate(settings)
          assert.strictEqual(done.code, 0, done.errors)
          assert.match(done.text, /^order +applied 0003_runner/m)
          const after = yield* Effect.forEach(stores, (store) => columnsOf(folder, store))
          stores.forEach((store, index) => {
            const now = after[index] ?? []
            const then = before[index] ?? []
            assert.isNotEmpty(then, store)
            for (const column of then) assert.deepInclude(now, column)
            const tables = new Set(then.map(({ table }) => table))
            const added = now.filter((column) =>
              tables.has(column.table) &&
              !then.some(({ name, table }) => name === column.name && table === column.table)
            )
            assert.deepStrictEqual(added.filter(({ required }) => required === 1), [])
          })

          const again = yield* migrate(settings)
          assert.strictEqual(again.text.match(/up to date/g)?.length, 5)
        }),
      60_000
    )
  })

  it.scopedLive("leaves a store of a newer version alone, and names it", () =>
    Effect.gen(function*() {
      const folder = yield* World.temporaryFolder
      assert.strictEqual((yield* migrate({ SAUCIER_DATA_DIR: folder })).code, 0)
      yield* Effect.flatMap(SqlClient.SqlClient, (sql) =>
        sql`INSERT INTO eventstore_migrations (migration_id, name) VALUES (99, 'later')`).pipe(
          Effect.provide(SqliteDatabase.layer({ filename: join(folder, "payment.db"), name: "payment" }))
        )
      const { code, errors, text } = yield* migrate({ SAUCIER_DATA_DIR: folder })
      assert.strictEqual(code, 1)
      assert.match(text, /^payment +has steps of a newer Saucier: eventstore_migrations 99/m)
      assert.include(errors, "payment: a newer Saucier was here")
    }), 60_000)

  it.scopedLive("changes nothing where a process runs, and says so", () =>
    Effect.gen(function*() {
      const folder = yield* World.temporaryFolder
      yield* World.start(folder)
      const { code, errors } = yield* migrate({ SAUCIER_DATA_DIR: folder }, "--dry-run")
      assert.strictEqual(code, 69)
      assert.include(errors, "another process has")
    }), 60_000)
})

const server = PostgresServer.shared({})

describe("saucier migrate on PostgreSQL", () => {
  it.scopedLive(
    "plans without making a schema, applies, and has nothing left to do",
    () =>
      Effect.gen(function*() {
        const { query, url } = yield* PostgresServer.PostgresServer
        const settings = {
          SAUCIER_DATA_DIR: yield* World.temporaryFolder,
          ...Object.fromEntries(
            stores.map((store) => [`SAUCIER_${store.toUpperCase()}_DATABASE_URL`, Redacted.value(url)])
          )
        }
        const schemas = query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'saucier%'")
        const planned = yield* migrate(settings, "--dry-run")
        assert.strictEqual(planned.code, 0, planned.errors)
        assert.match(planned.text, /^order +new, would apply 0001_events.*postgres:\/\/127\.0\.0\.1/m)
        assert.notInclude(planned.text, "saucier@")
        assert.deepStrictEqual(yield* schemas, [])

        const applied = yield* migrate(settings)
        assert.strictEqual(applied.code, 0, applied.errors)
        assert.strictEqual((yield* schemas).length, 4)
        const left = yield* migrate(settings, "--dry-run")
        assert.strictEqual(left.text.match(/up to date/g)?.length, 5)
      }).pipe(Effect.provide(server)),
    120_000
  )
})

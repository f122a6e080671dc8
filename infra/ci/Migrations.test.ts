/** Expand, then contract: while a release replaces another, both run on the same tables, so a step only adds. */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { globSync } from "tinyglobby"

const root = join(import.meta.dirname, "../..")
const files = globSync("packages/*/src/migrations/*.ts", { cwd: root }).toSorted()

/** What takes something away from the release before, or refuses what it writes. */
const forbidden: ReadonlyArray<readonly [string, RegExp]> = [
  ["drops", /\bDROP\s+(TABLE|COLUMN|INDEX|CONSTRAINT|DEFAULT|VIEW|SCHEMA)\b/i],
  ["renames", /\bRENAME\b/i],
  ["retypes", /\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b/i],
  ["demands a value", /\bSET\s+NOT\s+NULL\b/i],
  ["demands a value of a new column", /\bADD\s+(COLUMN\s+)?(?![^`,;]*\bDEFAULT\b)[^`,;]*\bNOT\s+NULL\b/i],
  ["adds a constraint", /\bADD\s+(CONSTRAINT|CHECK|UNIQUE|FOREIGN|PRIMARY)\b/i],
  ["removes or rewrites rows", /\b(DELETE\s+FROM|TRUNCATE|UPDATE\s+\S+\s+SET)\b/i]
]

const created = (text: string) =>
  Array.from(text.matchAll(/CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)/gi), ([, name]) => name)

/** Uniqueness over a table that another step has made may refuse rows that the release before writes. */
const lateUnique = (text: string) =>
  Array.from(text.matchAll(/CREATE\s+UNIQUE\s+INDEX\s+\w+\s+ON\s+(\w+)/gi), ([, table]) => table)
    .filter((table) => !created(text).includes(table))

const offences = (text: string) => [
  ...forbidden.flatMap(([what, pattern]) => pattern.test(text) ? [what] : []),
  ...lateUnique(text).map((table) => `makes ${table} unique afterwards`)
]

describe("a migration", () => {
  it.each(files)("%s only adds", (file) => {
    assert.deepStrictEqual(offences(readFileSync(join(root, file), "utf8")), [])
  })

  it("of each engine exists beside that of the other, with the same number and name", () => {
    assert.isAbove(files.length, 8)
    const postgres = files.filter((file) => file.endsWith("_postgres.ts"))
    for (const file of postgres) assert.include(files, file.replace("_postgres.ts", ".ts"))
  })

  it.each([
    ["ALTER TABLE events DROP COLUMN runner", "drops"],
    ["ALTER TABLE events RENAME COLUMN runner TO process", "renames"],
    ["ALTER TABLE events ALTER COLUMN version TYPE bigint", "retypes"],
    ["ALTER TABLE events ALTER COLUMN runner SET NOT NULL", "demands a value"],
    ["ALTER TABLE events ADD COLUMN runner text NOT NULL", "demands a value of a new column"],
    ["ALTER TABLE events ADD CONSTRAINT positive CHECK (version > 0)", "adds a constraint"],
    ["DELETE FROM events WHERE version = 1", "removes or rewrites rows"],
    ["CREATE UNIQUE INDEX events_once ON events (type)", "makes events unique afterwards"]
  ])("%s would be found", (sql, offence) => {
    assert.include(offences(sql), offence)
  })

  it.each([
    "ALTER TABLE events ADD COLUMN runner TEXT",
    "ALTER TABLE events ADD COLUMN seen integer NOT NULL DEFAULT 0",
    "CREATE TABLE seen (id integer); CREATE UNIQUE INDEX seen_id ON seen (id)"
  ])("%s may be", (sql) => {
    assert.deepStrictEqual(offences(sql), [])
  })
})

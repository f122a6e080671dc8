import { assert, describe, it } from "@effect/vitest"
import { DatabaseUrl } from "@saucier/runtime/DatabaseUrl"
import * as Either from "effect/Either"
import * as Inspectable from "effect/Inspectable"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"

const decode = Schema.decodeEither(DatabaseUrl)

describe("a database's URL", () => {
  it("names a SQLite file, or a PostgreSQL server and database", () => {
    for (
      const [url, file] of [["sqlite:data/o.db", "data/o.db"], ["sqlite:///var/o.db", "/var/o.db"]] as const
    ) {
      assert.deepStrictEqual(Either.getOrThrow(decode(url)), { engine: "sqlite", file })
    }
    for (
      const url of ["postgres://db/orders", "postgresql://saucier:hunter2@db:5433/orders?sslmode=require"]
    ) {
      const database = Either.getOrThrow(decode(url))
      assert(database.engine === "postgres")
      assert.strictEqual(Redacted.value(database.url), url)
      assert.strictEqual(Schema.encodeSync(DatabaseUrl)(database), url)
    }
  })

  it("keeps its password out of what is printed", () => {
    const database = Either.getOrThrow(decode("postgres://saucier:hunter2@db/orders"))
    assert.notInclude(Inspectable.stringifyCircular(database), "hunter2")
    assert.notInclude(`${JSON.stringify(database)}`, "hunter2")
  })

  it("is nothing else, and no server without a database", () => {
    for (
      const url of [
        "",
        "sqlite:",
        "orders.db",
        "mysql://db/orders",
        "postgres:",
        "postgres://db",
        "postgres://db/"
      ]
    ) {
      assert(Either.isLeft(decode(url)))
    }
  })
})

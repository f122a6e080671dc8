/** `saucier backup` and `restore`, as an operator uses them. */
import * as SqlClient from "@effect/sql/SqlClient"
import { assert, layer } from "@effect/vitest"
import { follows } from "@saucier/assembly/Subscriptions"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as CliProcess from "./CliProcess.ts"
import * as World from "./World.ts"

const at = (folder: string) => ({ SAUCIER_DATA_DIR: folder, SAUCIER_HTTP_PORT: "1" })

const place = (client: World.Client) =>
  Effect.map(client.post("/orders", World.seed), ({ body }) => String(body["id"]))

/** Three orders that nobody has open, and a backup of them. */
class Kept extends Context.Tag("Kept")<Kept, string>() {}
const kept = Layer.scoped(
  Kept,
  Effect.gen(function*() {
    const folder = yield* World.temporaryFolder
    yield* Effect.scoped(Effect.gen(function*() {
      const client = yield* World.start(join(folder, "data"))
      yield* Effect.replicateEffect(place(client), 3)
      yield* World.until(client.get("/counts"), ({ body }) => body["Preparing"] === 3)
    }))
    const { code, errors } = yield* CliProcess.run(["backup", join(folder, "copy")], at(join(folder, "data")))
    assert.strictEqual(code, 0, errors)
    return folder
  })
)

const options = { excludeTestServices: true, timeout: "60 seconds" } as const

/** The same, to be spoilt. */
const backedUp = Effect.gen(function*() {
  const folder = yield* World.temporaryFolder
  cpSync(yield* Kept, folder, { recursive: true })
  return { folder, data: join(folder, "data"), copy: join(folder, "copy") }
})
const withOrders = Effect.tap(backedUp, ({ copy }) => Effect.sync(() => rmSync(copy, { recursive: true })))

layer(kept, options)("a backup of a system that takes orders", (it) => {
  it.scoped("holds every order that was acknowledged before, with its books in agreement", () =>
    Effect.gen(function*() {
      const folder = yield* World.temporaryFolder
      const data = join(folder, "data")
      const client = yield* World.start(data)
      const before = yield* Effect.replicateEffect(place(client), 10, { concurrency: 5 })
      const load = yield* Effect.fork(
        Effect.forever(Effect.replicateEffect(place(client), 4, { concurrency: 4 }))
      )
      const backup = yield* CliProcess.run(["backup", join(folder, "copy"), "--url", client.url], at(data))
      assert.strictEqual(backup.code, 0, backup.errors)
      assert.include(backup.text, "5 stores")
      assert.include(backup.text, "All as of one instant.")
      yield* load.interruptAsFork(load.id())

      const back = join(folder, "back")
      const restore = yield* CliProcess.run(["restore", join(folder, "copy")], at(back))
      assert.strictEqual(restore.code, 0, restore.errors)
      assert.match(restore.text, /\d+ deliveries were being prepared then/)
      assert.notInclude(restore.text, "checkpoints were ahead")
      const restored = yield* World.start(back)
      for (const id of before) {
        const order = yield* World.until(
          restored.get(`/orders/${id}`),
          ({ body }) => body["status"] === "Preparing"
        )
        assert.strictEqual(order.status, 200)
      }
      const books = yield* CliProcess.run(["reconcile", "--url", restored.url])
      assert.strictEqual(books.code, 0, books.text + books.errors)
    }))

  it.scoped("gives back, once, what the provider took for orders that the backup does not have yet", () =>
    Effect.gen(function*() {
      const { copy, data } = yield* backedUp
      const late = yield* Effect.scoped(Effect.flatMap(World.start(data), place))
      const contexts = ["order", "payment", "delivery", "dashboard"]
      for (const name of contexts) {
        for (const ending of ["", "-wal", "-shm"]) rmSync(join(data, `${name}.db${ending}`), { force: true })
      }
      const only = contexts.flatMap((name) => ["--only", name])
      const restore = yield* CliProcess.run(["restore", copy, ...only], at(data))
      assert.strictEqual(restore.code, 0, restore.errors)

      const { get, post, url } = yield* World.start(data)
      assert.strictEqual((yield* get(`/orders/${late}`)).status, 404)
      const seen = yield* CliProcess.run(["reconcile", "--url", url])
      assert.include(seen.text, late.slice("ord_".length), seen.text)
      const settled = yield* CliProcess.run(["reconcile", "--url", url, "--settle", "--json"])
      assert.include(settled.errors, "the money went back")
      assert.strictEqual(settled.code, 0, settled.errors)
      const books = {
        sums: { KRW: { due: 30_000, captured: 40_000, refunded: 10_000, held: 30_000 } },
        disagreements: []
      }
      assert.deepInclude(JSON.parse(settled.text), books)
      const again = `/ops/payments/${late.replace("ord_", "pay_")}/release`
      assert.strictEqual((yield* post(again, undefined)).status, 204)
      assert.deepInclude(
        JSON.parse((yield* CliProcess.run(["reconcile", "--url", url, "--json"])).text),
        books
      )
    }))

  it.scoped("knows whose log each checkpoint follows", () =>
    Effect.gen(function*() {
      const { data } = yield* withOrders
      for (const store of ["order", "payment", "delivery", "dashboard"]) {
        const names = yield* Effect.provide(
          Effect.flatMap(SqlClient.SqlClient, (sql) =>
            sql<{ readonly name: string }>`SELECT name FROM checkpoints`),
          SqliteDatabase.layer({ filename: join(data, `${store}.db`), name: store })
        )
        assert.isNotEmpty(names)
        assert.containsAllKeys(
          follows,
          names.map(({ name }) =>
            name
          )
        )
      }
    }))
})

layer(kept, options)("saucier backup", (it) => {
  it.scoped("copies what lies there when nothing runs", () =>
    Effect.gen(function*() {
      const { copy } = yield* backedUp
      assert.sameMembers(readdirSync(copy), [
        "backup.json",
        "order.db",
        "payment.db",
        "delivery.db",
        "dashboard.db",
        "provider.db"
      ])
    }))

  it.scoped("leaves a folder alone that is not empty, and says so", () =>
    Effect.gen(function*() {
      const { copy, data } = yield* withOrders
      mkdirSync(copy)
      writeFileSync(join(copy, "precious"), "")
      const { code, errors } = yield* CliProcess.run(["backup", copy], at(data))
      assert.strictEqual(code, 1)
      assert.include(errors, "not empty")
      assert.deepStrictEqual(readdirSync(copy), ["precious"])
    }))

  it.scoped("says so where no folder can be made, and ends", () =>
    Effect.gen(function*() {
      const { data } = yield* withOrders
      const { code, errors } = yield* CliProcess.run(["backup", "/proc/saucier/copy"], at(data))
      assert.strictEqual(code, 1)
      assert.include(errors, "cannot be written to /proc/saucier/copy")
    }))

  it.scoped("leaves nothing behind when a store is damaged, and names it", () =>
    Effect.gen(function*() {
      const { copy, data } = yield* withOrders
      const bytes = readFileSync(join(data, "payment.db"))
      bytes.fill(0xff, 4096 + 8, 4096 + 512)
      writeFileSync(join(data, "payment.db"), bytes)
      const { code, errors } = yield* CliProcess.run(["backup", copy], at(data))
      assert.strictEqual(code, 1)
      assert.include(errors, "payment")
      assert.isFalse(existsSync(copy))
    }))

  it.scoped("says where it looked when there is nothing", () =>
    Effect.gen(function*() {
      const folder = yield* World.temporaryFolder
      const { code, errors } = yield* CliProcess.run(
        ["backup", join(folder, "copy")],
        at(join(folder, "typo"))
      )
      assert.strictEqual(code, 1)
      assert.include(errors, join(folder, "typo"))
    }))

  it.scoped("refuses a file that a process without its own pause has open", () =>
    Effect.gen(function*() {
      const { copy, data } = yield* withOrders
      yield* World.start(data)
      const { code, errors } = yield* CliProcess.run(["backup", copy], at(data))
      assert.strictEqual(code, 69)
      assert.include(errors, "cannot pause")
      assert.isFalse(existsSync(copy))
    }))
})

layer(kept, options)("saucier restore", (it) => {
  const refused = (
    title: string,
    wanted: { readonly code: number; readonly says: string; readonly only?: string },
    spoil: (folders: { readonly copy: string; readonly back: string; readonly data: string }) => void
  ) =>
    it.scoped(title, () =>
      Effect.gen(function*() {
        const { copy, data, folder } = yield* backedUp
        const back = join(folder, "back")
        mkdirSync(back)
        spoil({ copy, back, data })
        const before = readdirSync(back)
        const only = wanted.only === undefined ? [] : ["--only", wanted.only]
        const { code, errors } = yield* CliProcess.run(["restore", copy, ...only], at(back))
        assert.strictEqual(code, wanted.code, errors)
        assert.include(errors, wanted.says)
        assert.deepStrictEqual(readdirSync(back), before)
      }))

  refused("refuses a folder without a backup", { code: 1, says: "holds no backup" }, ({ copy }) => {
    rmSync(join(copy, "backup.json"))
  })
  refused("refuses a place that is taken", { code: 1, says: "order.db is there already" }, ({ back }) => {
    writeFileSync(join(back, "order.db"), "")
  })
  refused(
    "refuses a place where a write-ahead log is left",
    { code: 1, says: "payment.db-wal" },
    ({ back }) => {
      writeFileSync(join(back, "payment.db-wal"), "")
    }
  )
  refused("refuses a file that is missing", { code: 1, says: "delivery.db is missing" }, ({ copy }) => {
    rmSync(join(copy, "delivery.db"))
  })
  refused("refuses a file with one other byte", { code: 1, says: "checksum" }, ({ copy }) => {
    const bytes = readFileSync(join(copy, "delivery.db"))
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    writeFileSync(join(copy, "delivery.db"), bytes)
  })
  refused("refuses a backup of a newer version", { code: 1, says: "newer Saucier" }, ({ copy }) => {
    const file = join(copy, "backup.json")
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/"eventstore_migrations": \d+/, `"eventstore_migrations": 99`)
    )
  })
  refused("refuses a manifest that it cannot read", { code: 1, says: "newer Saucier" }, ({ copy }) => {
    writeFileSync(join(copy, "backup.json"), `{"format": 2}`)
  })
  refused(
    "refuses a store that is not in the backup",
    { code: 1, says: "no order", only: "order" },
    ({ copy }) => {
      const file = join(copy, "backup.json")
      writeFileSync(file, readFileSync(file, "utf8").replace(`"store": "order"`, `"store": "provider"`))
    }
  )

  it.scoped("refuses while a process runs there, and lets it be", () =>
    Effect.gen(function*() {
      const { copy, data } = yield* backedUp
      const { url } = yield* World.start(data)
      const ran = yield* CliProcess.run(["restore", copy, "--only", "order", "--url", url], at(data))
      assert.strictEqual(ran.code, 69)
      assert.include(ran.errors, "Stop it first")
      for (const ending of ["", "-wal"]) rmSync(join(data, `order.db${ending}`), { force: true })
      const unseen = yield* CliProcess.run(["restore", copy, "--only", "order"], at(data))
      assert.strictEqual(unseen.code, 69)
      assert.include(unseen.errors, "Nothing was changed")
    }))

  it.scoped("brings back one store beside the others, and the provider's ledger only where there is none", () =>
    Effect.gen(function*() {
      const { copy, data } = yield* backedUp
      rmSync(join(data, "payment.db"))
      const ledger = readFileSync(join(data, "provider.db"))
      const one = yield* CliProcess.run(
        ["restore", copy, "--only", "payment", "--only", "provider"],
        at(data)
      )
      assert.strictEqual(one.code, 0, one.errors)
      assert.include(one.errors, "a bank goes on")
      assert.isTrue(ledger.equals(readFileSync(join(data, "provider.db"))))
      assert.isTrue(existsSync(join(data, "payment.db")))
    }))

  it.scoped("speaks Korean", () =>
    Effect.gen(function*() {
      const { copy, data } = yield* backedUp
      const { code, errors } = yield* CliProcess.run(["restore", copy], { ...at(data), LANG: "ko_KR.UTF-8" })
      assert.strictEqual(code, 1)
      assert.include(errors, "이미 있습니다")
    }))
})

/**
 * A backup that is taken while orders come in, and brought back after the bank, the branches and a cancellation have gone
 * on: whatever the engine, `reconcile --settle` makes the books agree, and no goods leave for money that went back.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Verdict from "@saucier/proof/Verdict"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { spawnSync } from "node:child_process"
import { chownSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as CliProcess from "../../apps/saucier/test/CliProcess.ts"
import * as Process from "../../apps/saucier/test/Process.ts"
import { client, temporaryFolder, until } from "../../apps/saucier/test/World.ts"
import * as PostgresServer from "../../packages/eventstore-sql/test/PostgresServer.ts"
import { session } from "../../packages/eventstore-sql/test/PostgresSession.ts"

const contexts = ["order", "payment", "delivery", "dashboard"] as const

interface Engine {
  readonly settings: Readonly<Record<string, string>>
  /** While it serves at this address. */
  readonly backup: (url: string) => Effect.Effect<void, never, Scope.Scope>
  /** Once it has ended. The bank's ledger stays. */
  readonly restore: Effect.Effect<void>
}

const sqlite = (data: string, copy: string): Engine => ({
  settings: {},
  backup: (url) =>
    Effect.gen(function*() {
      const { code, errors, text } = yield* CliProcess.run(["backup", copy, "--url", url], {
        SAUCIER_DATA_DIR: data
      })
      assert.strictEqual(code, 0, errors)
      assert.include(text, "All as of one instant.")
    }),
  restore: Effect.gen(function*() {
    for (const name of contexts) {
      for (const ending of ["", "-wal", "-shm"]) rmSync(join(data, `${name}.db${ending}`), { force: true })
    }
    const { code, errors } = yield* CliProcess.run(
      ["restore", copy, ...contexts.flatMap((name) => ["--only", name])],
      { SAUCIER_DATA_DIR: data, SAUCIER_HTTP_PORT: "1" }
    )
    assert.strictEqual(code, 0, errors)
  })
})

/** With their owners. A file that is gone before it is copied is none that the log needs. */
const copied = (from: string, to: string) =>
  Effect.sync(() => {
    const { stderr } = spawnSync("cp", ["-a", `${from}/.`, to], { encoding: "utf8" })
    for (const line of stderr.split("\n").filter(Boolean)) assert.include(line, "No such file")
  })

/** As `pg_basebackup` does it: the files while they change, and the log that makes them of one instant. */
const postgres = (copy: string) =>
  Effect.gen(function*() {
    const { query, start, stop, url } = yield* PostgresServer.PostgresServer
    const address = Redacted.value(url)
    const [shown] = yield* Effect.orDie(query("SHOW data_directory"))
    const data = String(shown?.["data_directory"])
    const backup = session(address, (query) =>
      Effect.gen(function*() {
        yield* query("SELECT pg_backup_start('under load', true)")
        yield* copied(data, copy)
        const [label] = yield* query("SELECT labelfile FROM pg_backup_stop(false)")
        yield* copied(join(data, "pg_wal"), join(copy, "pg_wal"))
        rmSync(join(copy, "postmaster.pid"))
        const file = join(copy, "backup_label")
        writeFileSync(file, String(label?.["labelfile"]))
        const { gid, uid } = statSync(data)
        chownSync(file, uid, gid)
      }))
    const engine: Engine = {
      settings: Object.fromEntries(
        contexts.map((name) => [`SAUCIER_${name.toUpperCase()}_DATABASE_URL`, address])
      ),
      backup: () => backup,
      restore: Effect.gen(function*() {
        yield* stop("fast")
        for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true })
        yield* copied(copy, data)
        yield* start
      })
    }
    return engine
  })

const placed = (calls: ReadonlyArray<Callers.Call>) => calls.filter(Callers.isAcknowledged)

const story = (data: string, { backup, restore, settings }: Engine) =>
  Effect.gen(function*() {
    const first = yield* Process.start(data, settings)
    const { get, post, url } = client(first.url)
    const place = (base: string, key: string) =>
      Effect.map(Callers.insist(base, key), (calls) => placed(calls)[0]?.orderId ?? "")
    const cancelled = yield* place(url, "cancelled")
    const kept = yield* place(url, "kept")
    yield* until(get("/counts"), ({ body }) => body["Preparing"] === 2)

    const load = yield* Callers.load(url, 4, true)
    const more = Effect.suspend(() => {
      const wanted = placed(load.calls).length + 16
      return until(Effect.sync(() => placed(load.calls).length), (count) => count >= wanted)
    })
    yield* more
    const acknowledged = placed(load.calls).map(({ orderId }) => orderId)
    yield* backup(url)
    yield* more
    yield* load.stop
    const cancellation = yield* post(`/orders/${cancelled}/cancel`, { reason: "after the backup" })
    assert.include([200, 202], cancellation.status)
    const payment = `/payments/${cancelled.replace("ord_", "pay_")}`
    yield* until(get(payment), ({ body }) => body["status"] === "Refunded")
    const late = yield* place(url, "late")
    yield* first.end("SIGKILL")

    yield* restore
    const second = yield* Process.start(data, settings)
    const restored = client(second.url)
    assert.strictEqual((yield* restored.get(`/orders/${late}`)).status, 404)
    assert.strictEqual((yield* restored.get(`/orders/${cancelled}`)).body["status"], "Preparing")

    const reconcile = (...more: ReadonlyArray<string>) =>
      CliProcess.run(["reconcile", "--url", second.url, "--json", ...more])
    const seen = JSON.parse((yield* reconcile()).text)
    const kinds = new Map(
      seen.disagreements.map(({ kind, orderId }: Record<string, string>) => [orderId, kind])
    )
    assert.strictEqual(kinds.get(cancelled), "refunded-live")
    assert.strictEqual(kinds.get(late), "charged-unasked")
    const settled = yield* until(
      reconcile("--settle"),
      ({ code, text }) => code === 0 && JSON.parse(text).disagreements.length === 0
    )
    const { due, held } = JSON.parse(settled.text).sums.KRW
    assert.strictEqual(held, due)

    yield* until(
      restored.get(`/orderDashboards/${cancelled}`),
      ({ body }) =>
        body["orderStatus"] === "Cancelled" && body["paymentStatus"] === "Refunded" &&
        body["deliveryStatus"] === "Cancelled"
    )
    assert.strictEqual((yield* restored.get(`/orders/${kept}`)).body["status"], "Preparing")
    const again = yield* place(second.url, "again")
    const told = [cancelled, kept, again, ...acknowledged].map((orderId) => ({ orderId }))
    const { faults } = yield* until(
      Effect.orDie(Verdict.judge(second.url, told)),
      ({ faults }) => Object.values(faults).every((count) => count === 0)
    )
    assert.deepStrictEqual(new Set(Object.values(faults)), new Set([0]))
  })

describe("a backup taken under load, brought back", () => {
  it.scopedLive("on SQLite agrees with the bank that went on, after one settling", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const data = join(folder, "data")
      yield* story(data, sqlite(data, join(folder, "copy")))
    }))

  const server = PostgresServer.shared({ durable: true })
  it.scopedLive("on PostgreSQL, by its own tools, just so", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const copy = join(folder, "copy")
      yield* story(join(folder, "data"), yield* postgres(copy))
    }).pipe(Effect.provide(server)))
})

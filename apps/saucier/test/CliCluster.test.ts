import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as CliProcess from "./CliProcess.ts"

/** Nobody listens there: the port is reserved and takes no connection. */
const deadSupervisor = JSON.stringify({ url: "http://127.0.0.1:1", token: "t", pid: 1 })

describe("saucier cluster", () => {
  for (const parameters of [["status"], ["scale", "payment", "2"], ["restart", "order"], ["stop", "order"]]) {
    it.scopedLive(`${parameters.join(" ")}: says how to start a supervisor, also when one was killed there`, () =>
      Effect.gen(function*() {
        const folder = yield* CliProcess.folder
        const asked = CliProcess.run(["cluster", ...parameters], { SAUCIER_DATA_DIR: folder })
        const never = yield* asked
        yield* Effect.promise(() => writeFile(join(folder, "supervisor.json"), deadSupervisor))
        const killed = yield* asked
        for (const { code, errors } of [never, killed]) {
          assert.match(errors, /No supervisor runs on this data folder.*pnpm saucier cluster/)
          assert.strictEqual(code, 69)
        }
      }))
  }

  it.scopedLive("starts nothing when more than one process shall share a SQLite file", () =>
    Effect.gen(function*() {
      const folder = yield* CliProcess.folder
      const { code, errors, text } = yield* CliProcess.run(["cluster", "--order", "2"], {
        SAUCIER_DATA_DIR: folder,
        SAUCIER_ORDER_DATABASE_URL: `sqlite:${join(folder, "order.db")}`
      })
      assert.match(errors, /order is on SQLite, whose file takes one process.*SAUCIER_ORDER_DATABASE_URL/)
      assert.strictEqual(text, "")
      assert.strictEqual(code, 78)
    }))

  it.live("takes from 1 to 32 processes of a service", () =>
    Effect.forEach(["0", "33"], (count) =>
      Effect.gen(function*() {
        const scaled = yield* CliProcess.run(["cluster", "scale", "payment", count])
        assert.match(scaled.errors, /payment takes from 1 to 32 processes/)
        const started = yield* CliProcess.run(["cluster", "--payment", count])
        assert.match(started.text + started.errors, /payment takes from 1 to 32 processes/)
        assert.deepStrictEqual([scaled.code, started.code], [2, 2])
      })))
})

import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as CliProcess from "./CliProcess.ts"
import * as CliStub from "./CliStub.ts"
import * as CliSystem from "./CliSystem.ts"

describe("saucier start", () => {
  it.live("prints an order that works when pasted, and ends well on SIGTERM", () =>
    Effect.gen(function*() {
      const system = yield* CliSystem.CliSystem
      const first = yield* CliProcess.shell(system.curl)
      assert.match(first.text, /^HTTP\/1.1 201 /)
      assert.match(first.text, /"status":"(Paid|Preparing)"/)

      const again = yield* CliProcess.run(["start"], {
        SAUCIER_DATA_DIR: system.folder,
        SAUCIER_HTTP_PORT: "0"
      })
      assert.strictEqual(again.code, 69)
      assert.match(again.errors, /another process has/)

      yield* system.tell("SIGTERM")
      const { code, errors } = yield* system.ended
      assert.strictEqual(code, 0)
      assert.strictEqual(errors, "")
    }).pipe(Effect.provide(CliSystem.layer)))

  it.live("refuses a port that is taken, with 69", () =>
    Effect.gen(function*() {
      const { url } = yield* CliStub.serve(() => ({ status: 404 }))
      const { code, errors } = yield* CliProcess.run(["start"], {
        SAUCIER_DATA_DIR: yield* CliProcess.folder,
        SAUCIER_HTTP_PORT: new URL(url).port
      })
      assert.strictEqual(code, 69)
      assert.match(errors, /in use by another process/)
    }).pipe(Effect.scoped))

  it.live("warns of a misspelt setting, once", () =>
    Effect.gen(function*() {
      const { url } = yield* CliStub.serve(() => ({ status: 404 }))
      const { errors, text } = yield* CliProcess.run(["start"], {
        SAUCIER_DATA_DIR: yield* CliProcess.folder,
        SAUCIER_HTTP_PORT: new URL(url).port,
        SAUCIER_HTTP_PRT: "1"
      })
      assert.lengthOf(`${text}${errors}`.match(/did you mean SAUCIER_HTTP_PORT\?/g) ?? [], 1)
    }).pipe(Effect.scoped))

  it.live("refuses a bad setting by its name, with 78", () =>
    Effect.gen(function*() {
      const { code, errors } = yield* CliProcess.run(["start"], { SAUCIER_HTTP_PORT: "sauce" })
      assert.strictEqual(code, 78)
      assert.match(errors, /SAUCIER_HTTP_PORT must be a port.*"sauce"/)
    }))

  it.live("says in which mounted file a bad setting is, and writes nothing", () =>
    Effect.gen(function*() {
      const config = yield* CliProcess.folder
      const data = yield* CliProcess.folder
      const file = join(config, "SAUCIER_BREAKER_SLOW_RATE")
      writeFileSync(file, "2\n")
      const { code, errors } = yield* CliProcess.run(["start"], {
        SAUCIER_CONFIG_DIR: config,
        SAUCIER_DATA_DIR: data,
        SAUCIER_HTTP_PORT: "0"
      })
      assert.strictEqual(code, 78)
      assert.include(
        errors,
        `SAUCIER_BREAKER_SLOW_RATE must be a share above 0 and up to 1, such as 0.5, not "2" (${file})`
      )
      assert.deepStrictEqual(readdirSync(data), [])
    }).pipe(Effect.scoped))
})

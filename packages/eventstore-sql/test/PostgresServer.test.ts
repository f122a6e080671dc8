import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as PostgresServer from "./PostgresServer.ts"

const server = PostgresServer.shared()

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe("the server of the tests", () => {
  it.live("may have ended by itself before it is stopped, and starts again", () =>
    Effect.gen(function*() {
      const { query, start, stop } = yield* PostgresServer.PostgresServer
      const [file] = yield* query("SELECT pg_read_file('postmaster.pid') AS text")
      const pid = Number(String(file?.["text"]).split("\n")[0])
      process.kill(pid, "SIGQUIT")
      yield* Effect.repeat(Effect.delay(Effect.sync(() => isThere(pid)), "10 millis"), {
        until: (there) => !there
      })
      yield* stop("fast")
      yield* start
      assert.deepStrictEqual(yield* query("SELECT 1 AS one"), [{ one: 1 }])
    }).pipe(Effect.provide(server)))
})

/** `pnpm test:model`: the same sequences against a process for each service, on PostgreSQL. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Cluster from "../cluster/World.ts"
import * as Books from "../crash/Books.ts"
import * as Http from "./Http.ts"
import { holds } from "./Property.ts"

describe("a process for each service", () => {
  it.scopedLive("answers every sequence of commands as the model does, and keeps its promises by the way", () =>
    Effect.gen(function*() {
      const { base } = yield* Cluster.start({ settings: Http.settings })
      const shared = Http.share(base)
      const steps = yield* holds(Http.make(shared), { runs: 6, together: 24, length: 12 })
      assert.deepStrictEqual((yield* Books.atRest(base, shared.recorder.operations())).complaints, [])
      process.stdout.write(`\nmodel: ${steps.length} commands to a process for each service\n`)
    }))
})

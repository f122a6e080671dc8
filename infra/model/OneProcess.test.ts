import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as World from "../../apps/saucier/test/World.ts"
import * as Books from "../crash/Books.ts"
import * as Http from "./Http.ts"
import { holds } from "./Property.ts"

describe("one process", () => {
  it.scopedLive(
    "answers every sequence of commands as the model does, and keeps its promises by the way",
    () =>
      Effect.gen(function*() {
        const { url } = yield* World.world("instant", Http.settings)
        const shared = Http.share(url)
        yield* holds(Http.make(shared), { runs: 2, together: 16, length: 8 })
        const { complaints } = yield* Books.atRest(url, shared.recorder.operations())
        assert.deepStrictEqual(complaints, [])
      }),
    { timeout: 300_000 }
  )
})

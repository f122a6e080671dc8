import { assert } from "@effect/vitest"
import * as Books from "@saucier/proof/Books"
import type { Call } from "@saucier/proof/Callers"
import { Program } from "@saucier/proof/Program"
import * as Effect from "effect/Effect"
import { program } from "./World.ts"

/** Fails unless the books come to agree within two minutes, with nothing lost and nothing doubled. */
export const hold = (base: string, calls: ReadonlyArray<Call>) =>
  Effect.gen(function*() {
    const settled = yield* Effect.provideService(Books.settle(base, calls), Program, program)
    assert.deepStrictEqual(settled.complaints, [])
    return settled
  })

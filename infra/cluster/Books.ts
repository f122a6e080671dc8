import { assert } from "@effect/vitest"
import * as Books from "@saucier/proof/Books"
import type { Call } from "@saucier/proof/Callers"
import { Program } from "@saucier/proof/Program"
import * as Reconcile from "@saucier/proof/Reconcile"
import * as Effect from "effect/Effect"
import { program } from "./World.ts"

/** Fails unless the books come to agree within two minutes, with nothing lost and nothing doubled; by an operator's look, too. */
export const hold = (base: string, calls: ReadonlyArray<Call>) =>
  Effect.gen(function*() {
    const settled = yield* Books.settle(base, calls)
    assert.deepStrictEqual(settled.complaints, [])
    const { left } = yield* Effect.provideService(Reconcile.untilClean(base), Program, program)
    assert.strictEqual(left, 0)
    return settled
  })

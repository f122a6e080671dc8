/** Builds actionlint. No test has to end before that. */
import * as Effect from "effect/Effect"
import * as Tools from "../tools/Tools.ts"

export const setup = () => Effect.runPromise(Effect.asVoid(Tools.program("actionlint")))

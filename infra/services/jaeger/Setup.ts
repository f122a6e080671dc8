/** Fetches or builds Jaeger. No test has to end before that. */
import * as Effect from "effect/Effect"
import * as Jaeger from "./Jaeger.ts"

export const setup = () => Effect.runPromise(Effect.asVoid(Jaeger.prepare))

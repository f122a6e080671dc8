/** Builds Prometheus where none is installed. No test has to end before that. */
import * as Effect from "effect/Effect"
import * as Prometheus from "../services/prometheus/Prometheus.ts"

export const setup = () => Effect.runPromise(Effect.asVoid(Prometheus.prepare))

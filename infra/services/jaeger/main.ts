/** `pnpm jaeger`: a Jaeger on its usual ports, until Ctrl-C. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Jaeger from "./Jaeger.ts"

Effect.gen(function*() {
  const { ended, otlp, ui } = yield* Jaeger.startAt({ ui: 16686, otlp: 4318 })
  yield* Console.log(
    `Jaeger shows traces at ${ui}\nSend them there: OTEL_EXPORTER_OTLP_ENDPOINT=${otlp} pnpm start`
  )
  yield* ended
}).pipe(Effect.scoped, NodeRuntime.runMain)

/** `pnpm jaeger`: a Jaeger on its usual ports, until Ctrl-C. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Jaeger from "./Jaeger.ts"

Effect.gen(function*() {
  const { ended, hasPage, otlp, ui } = yield* Jaeger.startAt({ ui: 16686, otlp: 4318 })
  yield* Console.log(
    hasPage
      ? `Jaeger shows traces at ${ui}`
      : `Jaeger answers at ${ui}/api/services. Its page is only in the container, which needs Docker; this program has none`
  )
  yield* Console.log(`Send it traces: OTEL_EXPORTER_OTLP_ENDPOINT=${otlp} pnpm start`)
  yield* ended
}).pipe(Effect.scoped, NodeRuntime.runMain)

/** All that one process exposes after a day in which everything happened that is measured. */
import * as Effect from "effect/Effect"
import * as Exposition from "../../apps/saucier/test/Exposition.ts"
import * as World from "../../apps/saucier/test/World.ts"

const until = (scrape: Effect.Effect<string>, wished: ReadonlyArray<string>) =>
  Effect.repeat(Effect.delay(scrape, "100 millis"), {
    until: (text) => wished.every((name) => text.includes(name))
  })

export const families = Effect.scoped(Effect.gen(function*() {
  const { behave, get, post, url } = yield* World.world("instant", {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_BSP_SCHEDULE_DELAY: "20"
  })
  yield* post("/orders", World.seed)
  yield* get("/orders/ord_01h455vb4pex5vsknk084sn02q")
  yield* behave("down")
  yield* post("/orders", World.seed)
  const scrape = Effect.promise(() => fetch(`${url}/metrics`).then((response) => response.text()))
  const text = yield* until(scrape, ["saucier_orders{", "saucier_telemetry_dropped_spans_total "])
  return Exposition.parse(text)
}))

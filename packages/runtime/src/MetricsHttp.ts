import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import { ProcessMetrics } from "./ProcessMetrics.ts"
import * as PrometheusText from "./PrometheusText.ts"

/** `/metrics`: every metric of the process, for Prometheus to scrape. */
export const routes: Layer.Layer<never, never, ProcessMetrics> = HttpApiBuilder.Router.use((router) =>
  Effect.gen(function*() {
    const { observe } = yield* ProcessMetrics
    const scrape = observe.pipe(
      Effect.zipRight(Metric.snapshot),
      Effect.map((pairs) =>
        HttpServerResponse.text(PrometheusText.render(pairs), {
          contentType: "text/plain; version=0.0.4; charset=utf-8",
          headers: { "cache-control": "no-store" }
        })
      )
    )
    yield* router.get("/metrics", scrape)
  })
)

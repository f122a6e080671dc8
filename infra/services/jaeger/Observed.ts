/** A real Jaeger, and a cluster of one process for each service that tells it everything. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as World from "../../cluster/World.ts"
import * as Jaeger from "./Jaeger.ts"

const Placed = Schema.parseJson(Schema.Struct({ id: Schema.String }))

/** How often a process hands over its spans, in milliseconds. */
export const delay = 200

/** The id of a new order. */
export const place = ({ base }: World.World) =>
  Effect.map(
    World.ask(`${base}/orders`, "POST", { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }),
    ({ text }) => Schema.decodeUnknownSync(Placed)(text).id
  )

/** Ready for orders: one has been placed. */
export const start = Effect.gen(function*() {
  const { otlp, ui } = yield* Jaeger.start
  const world = yield* World.start({
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
      OTEL_METRICS_EXPORTER: "none",
      OTEL_BSP_SCHEDULE_DELAY: String(delay)
    }
  })
  yield* World.until(Effect.either(place(world)), (placed) => placed._tag === "Right")
  return { ui, world }
})

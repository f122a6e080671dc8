import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as Sse from "@saucier/runtime/Sse"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"

const Quantity = Schema.Union(Schema.Number, Schema.NumberFromString).pipe(
  Schema.int(),
  Schema.between(1, 100)
)

export const Basket = Schema.Struct({
  branchId: Schema.NonEmptyString.pipe(Schema.maxLength(40)),
  quantity: Quantity,
  lines: Schema.optional(Schema.Array(Schema.Struct({ sauceId: Schema.String })))
})

export class BasketNotFound extends Schema.TaggedError<BasketNotFound>()(
  "BasketNotFound",
  {},
  HttpApiSchema.annotations({ status: 404 })
) {
  override get message() {
    return "There is no such basket"
  }
}

export class BasketBusy extends Schema.TaggedError<BasketBusy>()(
  "BasketBusy",
  { status: Schema.String, retryAfter: Schema.Number },
  HttpApiSchema.annotations({ status: 503, title: "The basket is busy" })
) {
  override get message() {
    return `The basket is ${this.status}`
  }
}

const path = Schema.Struct({
  id: Schema.String.pipe(Schema.pattern(/^b\d+$/, { message: () => "must look like b1" }))
})

export class Baskets extends HttpApiGroup.make("baskets")
  .add(HttpApiEndpoint.get("nothing", "/nothing").addSuccess(Schema.Struct({ ok: Schema.Boolean })))
  .add(HttpApiEndpoint.post("put", "/baskets").setPayload(Basket).addSuccess(Basket, { status: 201 }))
  .add(
    HttpApiEndpoint.get("get", "/baskets/:id").setPath(path)
      .setUrlParams(Schema.Struct({ limit: Schema.optional(Schema.NumberFromString) }))
      .addSuccess(Basket).addError(BasketNotFound).addError(BasketBusy)
  )
  .add(HttpApiEndpoint.patch("change", "/baskets/:id").setPath(path).setPayload(Basket).addSuccess(Basket))
  .add(HttpApiEndpoint.get("broken", "/broken").addSuccess(Schema.Struct({ ok: Schema.Boolean })))
  .add(HttpApiEndpoint.get("slow", "/slow").addSuccess(Schema.Struct({ ok: Schema.Boolean })))
  .add(
    HttpApiEndpoint.get("ticks", "/ticks").addSuccess(
      HttpApiSchema.Text({ contentType: "text/event-stream" })
    )
  )
  .add(
    HttpApiEndpoint.get("flood", "/flood").addSuccess(
      HttpApiSchema.Text({ contentType: "text/event-stream" })
    )
  )
  .add(HttpApiEndpoint.get("lying", "/lying").addSuccess(Schema.Struct({ count: Schema.Positive })))
{}

export class Toy extends HttpApi.make("toy").add(Baskets) {}

/** Three numbered events after the one that the reader saw last, then silence. */
const ticks = Effect.flatMap(Sse.lastEventId, (last) => {
  const from = Number(Option.getOrElse(last, () => "0"))
  const events = Stream.range(from + 1, from + 3).pipe(
    Stream.map((n) => ({ id: `${n}`, event: "tick", data: JSON.stringify({ n }) }))
  )
  return Sse.response(Stream.concat(events, Stream.never), { heartbeat: "200 millis" })
})

/** Tells when a slow request has arrived. */
const slow = Metric.gauge("slow_requests")

/** How many events were made for readers of `/flood`. */
export const flooded = { count: 0 }
const flood = Stream.repeatEffect(Effect.sync(() => {
  flooded.count++
  return { data: "x".repeat(64_000) }
}))

const basket = { branchId: "1", quantity: 2 }

const baskets = HttpApiBuilder.group(Toy, "baskets", (handlers) =>
  handlers
    .handle("nothing", () => Effect.succeed({ ok: true }))
    .handle("put", ({ payload }) => Effect.succeed(payload))
    .handle("change", ({ payload }) => Effect.succeed(payload))
    .handle("get", ({ path }) => {
      if (path.id === "b404") return new BasketNotFound()
      if (path.id === "b503") return new BasketBusy({ status: "full", retryAfter: 7 })
      return Effect.succeed(basket)
    })
    .handle("broken", () => Effect.die(new Error("the secret of the house")))
    .handle("slow", () =>
      Effect.zipRight(Metric.increment(slow), Effect.delay(Effect.succeed({ ok: true }), "600 millis")))
    .handleRaw("ticks", () =>
      ticks)
    .handleRaw("flood", () => Sse.response(flood, { stall: "1 second" }))
    .handle("lying", () => Effect.succeed({ count: -1 })))

export const toyLayer = HttpApiBuilder.api(Toy).pipe(Layer.provide(baskets))

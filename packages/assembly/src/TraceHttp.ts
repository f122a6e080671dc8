/** HTTP contract of the built-in look at traces and logs, for operators without a collector. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { OrderId } from "@saucier/kernel/Ids"
import * as PageLimit from "@saucier/kernel/PageLimit"
import { Quiet } from "@saucier/runtime/Quiet"
import { Trace, TraceLog, TraceSummary } from "@saucier/runtime/Trace"
import * as Schema from "effect/Schema"

/** It was not sampled, or newer ones have taken its place. */
export class TraceNotFound extends Schema.TaggedError<TraceNotFound>()("TraceNotFound", {}) {
  override get message() {
    return "There is no such trace any more, or there never was"
  }
}

export class TraceHttp extends HttpApiGroup.make("traces")
  .add(
    HttpApiEndpoint.get("recentTraces", "/traces")
      .setUrlParams(Schema.Struct({
        orderId: Schema.optional(OrderId),
        limit: PageLimit.upTo(200, 50)
      }))
      .addSuccess(Schema.Struct({ items: Schema.Array(TraceSummary), logs: Schema.Array(TraceLog) }))
      .annotate(Quiet, true)
  )
  .add(
    HttpApiEndpoint.get("trace", "/traces/:traceId")
      .setPath(Schema.Struct({ traceId: Schema.String }))
      .addSuccess(Trace)
      .addError(TraceNotFound, { status: 404 })
      .annotate(Quiet, true)
  )
  .addError(ServiceUnavailable, { status: 503 })
{}

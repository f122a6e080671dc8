import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import { DashboardRow } from "@saucier/dashboard/Dashboard"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import * as Principal from "@saucier/kernel/Principal"
import { Quiet } from "@saucier/runtime/Quiet"
import * as Sse from "@saucier/runtime/Sse"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { ChangeFeed } from "./ChangeFeed.ts"

const EventStream = Schema.String.annotations({
  description: "Server-sent events `order`, each with a row of the dashboard; `id` resumes by Last-Event-ID"
}).pipe(HttpApiSchema.withEncoding({ kind: "Text", contentType: "text/event-stream" }))

export class FeedHttp extends HttpApiGroup.make("feed")
  .add(
    HttpApiEndpoint.get("feed", "/feed").addSuccess(EventStream).annotate(Quiet, true)
      .annotate(Access, ["branch", "clerk", "dispatcher", "operator"])
  )
  .addError(ServiceUnavailable, { status: 503 })
{}

const encodeRow = Schema.encodeSync(Schema.parseJson(DashboardRow))

/** A reader that sends an id we never gave starts from now, as one that sends none. */
const seqOf = (id: string) =>
  Option.filter(Option.some(Number(id)), (seq) => Number.isSafeInteger(seq) && seq >= 0)

export const FeedHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(FeedHttp),
  "feed",
  (handlers) =>
    Effect.map(
      ChangeFeed,
      (feed) =>
        handlers.handleRaw("feed", () =>
          Effect.gen(function*() {
            const id = yield* Sse.lastEventId
            const principal = yield* Principal.CurrentPrincipal
            const changes = yield* feed.after(Option.flatMap(id, seqOf))
            return yield* Sse.response(
              changes.pipe(
                Stream.filter(({ row }) => Principal.sees(principal, row.branchId)),
                Stream.map(({ row, seq }) => ({ id: `${seq}`, event: "order", data: encodeRow(row) }))
              )
            )
          }))
    )
)

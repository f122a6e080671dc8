import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import { OrderNotFound } from "@saucier/order/Order"
import * as Schema from "effect/Schema"
import { Story } from "./Story.ts"

/** HTTP contract of an order's story, told in the reader's language. */
export class StoryHttp extends HttpApiGroup.make("story")
  .add(
    HttpApiEndpoint.get("story", "/orders/:orderId/story")
      .setPath(Schema.Struct({ orderId: Schema.String }))
      .addSuccess(Story)
      .annotate(Access, ["branch", "clerk", "dispatcher", "operator"])
  )
  .addError(OrderNotFound, { status: 404 })
  .addError(ServiceUnavailable, { status: 503 })
{}

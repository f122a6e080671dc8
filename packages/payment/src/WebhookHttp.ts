/** HTTP contract of the payment provider's webhooks, signed after the Standard Webhooks specification. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import * as Schema from "effect/Schema"

export class WebhookUnverified
  extends Schema.TaggedError<WebhookUnverified>()("WebhookUnverified", { detail: Schema.String })
{
  override get message() {
    return this.detail
  }
}

/** Well signed, and not an event of the provider's contract. */
export class WebhookMalformed
  extends Schema.TaggedError<WebhookMalformed>()("WebhookMalformed", { detail: Schema.String })
{
  override get message() {
    return this.detail
  }
}

const header = Schema.NonEmptyString.pipe(Schema.maxLength(1000))

export class WebhookHttp extends HttpApiGroup.make("webhooks")
  .add(
    HttpApiEndpoint.post("receiveWebhook", "/webhooks/payments")
      .setHeaders(Schema.Struct({
        "webhook-id": header,
        "webhook-timestamp": header,
        "webhook-signature": header
      }))
      .setPayload(HttpApiSchema.Text({ contentType: "application/json" }))
      .addSuccess(Schema.Void, { status: 204 })
      .annotate(Access, "public")
  )
  .addError(WebhookUnverified, { status: 401 })
  .addError(WebhookMalformed, { status: 400 })
  .addError(ServiceUnavailable, { status: 503 })
{}

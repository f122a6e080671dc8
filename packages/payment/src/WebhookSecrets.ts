import * as Context from "effect/Context"
import type * as Redacted from "effect/Redacted"

/** What the provider signs its webhooks with: two while they are rotated, none where it sends no webhooks. */
export class WebhookSecrets extends Context.Reference<WebhookSecrets>()("@saucier/payment/WebhookSecrets", {
  defaultValue: (): ReadonlyArray<Redacted.Redacted> => []
}) {}

/**
 * Takes a webhook for a hint and asks the provider itself. It answers when that is done, so what fails is sent again;
 * copies of one event within the replay window share one inquiry.
 */
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Ids from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import * as Cache from "effect/Cache"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import { PaymentEntity } from "./PaymentEntity.ts"
import { ProviderEvent } from "./ProviderEvent.ts"
import { providerUnavailable } from "./ProviderUnavailable.ts"
import { WebhookHttp, WebhookMalformed, WebhookUnverified } from "./WebhookHttp.ts"
import { WebhookSecrets } from "./WebhookSecrets.ts"
import { type Signed, verify } from "./WebhookSignature.ts"

const answerWithin = Ask.within("payment", "8 seconds")

const replayWindow = Duration.minutes(5)

const remembered = 10_000

/** Compared by what it says: copies of one event are one hint. */
class Hint extends Data.Class<{
  readonly id: string
  readonly paymentId: Ids.PaymentId
  readonly amount: Money | null
}> {}

const decode = Schema.decodeUnknown(Schema.parseJson(ProviderEvent))

const isPaymentId = Schema.is(Ids.PaymentId)

const unverified = (detail: string) => new WebhookUnverified({ detail })

export const WebhookHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(WebhookHttp),
  "webhooks",
  (handlers) =>
    Effect.gen(function*() {
      const secrets = yield* WebhookSecrets
      const payments = yield* PaymentEntity.client

      const check = Effect.fnUntraced(function*(signed: Signed, signatures: string) {
        if (secrets.length === 0) {
          return yield* unverified("No webhooks are expected here: no secret is set")
        }
        const sentAt = Number(signed.timestamp) * 1000
        const age = Math.abs((yield* Clock.currentTimeMillis) - sentAt)
        if (!(age <= Duration.toMillis(replayWindow))) {
          return yield* unverified("webhook-timestamp must be within five minutes of now, in seconds")
        }
        if (!verify(secrets, signatures, signed)) {
          return yield* unverified("webhook-signature fits none of the secrets, or the body was changed")
        }
      })

      const inquiries = yield* Cache.makeWith({
        capacity: remembered,
        lookup: ({ amount, paymentId }: Hint) =>
          answerWithin(payments(paymentId).Inquire({ amount })).pipe(
            Effect.catchTags({
              PaymentNotFound: Effect.die,
              PaymentMismatch: Effect.die,
              ProviderRefused: providerUnavailable,
              ProviderSilent: providerUnavailable
            }),
            Effect.asVoid
          ),
        timeToLive: (exit) => Exit.isSuccess(exit) ? Duration.times(replayWindow, 2) : Duration.zero
      })

      return handlers.handle("receiveWebhook", ({ headers, payload: body }) =>
        Effect.gen(function*() {
          const id = headers["webhook-id"]
          yield* check({ id, timestamp: headers["webhook-timestamp"], body }, headers["webhook-signature"])
          const event = yield* Effect.mapError(
            decode(body),
            ({ message }) => new WebhookMalformed({ detail: message })
          )
          if (!isPaymentId(event.key)) return
          const amount = event.type === "charge.captured" && event.amount !== undefined
            ? Data.struct(event.amount)
            : null
          yield* inquiries.get(new Hint({ id, paymentId: event.key, amount }))
        }))
    })
)

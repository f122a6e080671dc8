/** Webhooks as signed POSTs (Standard Webhooks), tried again for a while; a stop loses what has not arrived. */
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import { ProviderEvent } from "@saucier/payment/ProviderEvent"
import * as WebhookSignature from "@saucier/payment/WebhookSignature"
import type * as Arr from "effect/Array"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { ProviderWebhooks } from "./ProviderWebhooks.ts"

export interface Options {
  readonly url: string
  /** More than one while they are rotated: a message is signed with each. */
  readonly secrets: Arr.NonEmptyReadonlyArray<Redacted.Redacted>
}

class NotTaken extends Data.TaggedError("NotTaken")<{ readonly status: number }> {}

const waiting = 1_000
const senders = 8
const patience = "10 seconds"
const retries = Schedule.exponential("200 millis").pipe(
  Schedule.jittered,
  Schedule.intersect(Schedule.recurs(5))
)

const encode = Schema.encodeSync(Schema.parseJson(ProviderEvent))

const make = ({ secrets, url }: Options) =>
  Effect.gen(function*() {
    const client = HttpClient.withScope(HttpClient.withTracerPropagation(yield* HttpClient.HttpClient, false))
    const queue = yield* Queue.sliding<ProviderEvent>(waiting)

    const post = (event: ProviderEvent, body: string) =>
      Effect.gen(function*() {
        const timestamp = `${Math.floor((yield* Clock.currentTimeMillis) / 1000)}`
        const signed = { id: event.id, timestamp, body }
        const { status } = yield* client.post(url, {
          headers: {
            "webhook-id": event.id,
            "webhook-timestamp": timestamp,
            "webhook-signature": secrets.map((secret) => WebhookSignature.sign(secret, signed)).join(" ")
          },
          body: HttpBody.text(body, "application/json")
        })
        if (status < 200 || status > 299) return yield* new NotTaken({ status })
      }).pipe(Effect.scoped, Effect.timeout(patience))

    const deliver = (event: ProviderEvent) =>
      post(event, encode(event)).pipe(
        Effect.retry(retries),
        Effect.catchAllCause((cause) => Effect.logDebug(`The webhook ${event.id} is given up`, cause))
      )

    yield* Queue.take(queue).pipe(
      Effect.flatMap(deliver),
      Effect.forever,
      Effect.replicate(senders),
      Effect.forEach(Effect.forkScoped)
    )
    return { send: (event: ProviderEvent) => Effect.asVoid(Queue.offer(queue, event)) }
  })

export const layer = (options: Options): Layer.Layer<never, never, HttpClient.HttpClient> =>
  Layer.scoped(ProviderWebhooks, make(options))

/** Asking an entity from where no cluster error may pass: a gateway, or another aggregate. */
import * as ClusterError from "@effect/cluster/ClusterError"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Errand from "./Errand.ts"
import { EventStoreUnavailable } from "./EventStore.ts"

/** Nobody could serve in time. The command may or may not have taken effect: repeat it with the same id. Seconds. */
export class ServiceUnavailable extends Schema.TaggedError<ServiceUnavailable>()("ServiceUnavailable", {
  service: Schema.String,
  detail: Schema.String,
  retryAfter: Schema.Number
}) {
  override get message() {
    return `${this.service} cannot serve at the moment: ${this.detail}`
  }
}

const Unreachable = Schema.Union(
  ClusterError.MailboxFull,
  ClusterError.AlreadyProcessingMessage,
  ClusterError.PersistenceError,
  EventStoreUnavailable
)
type Unreachable = typeof Unreachable.Type

const isUnreachable = Schema.is(Unreachable)

const details: Readonly<Record<Unreachable["_tag"], string>> = {
  MailboxFull: "too many messages wait for this one",
  AlreadyProcessingMessage: "the message is being handled",
  PersistenceError: "the message could not be stored",
  EventStoreUnavailable: "its store does not answer"
}

/** The reply, or `ServiceUnavailable` when the service has none within the time. */
export const within =
  (service: string, time: Duration.DurationInput) => <A, E>(ask: Effect.Effect<A, E | Unreachable>) =>
    Effect.catchIf(
      Errand.within(
        ask,
        time,
        () => new ServiceUnavailable({ service, detail: "no answer in time", retryAfter: 2 })
      ),
      isUnreachable,
      ({ _tag }) => new ServiceUnavailable({ service, detail: details[_tag], retryAfter: 2 })
    )

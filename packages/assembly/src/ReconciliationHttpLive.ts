import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Effect from "effect/Effect"
import { clerkId, ReconciliationEntity } from "./ReconciliationEntity.ts"
import { ReconciliationHttp } from "./ReconciliationHttp.ts"

const answerWithin = Ask.within("payment", "5 seconds")

export const ReconciliationHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(ReconciliationHttp),
  "reconciliation",
  (handlers) =>
    Effect.map(ReconciliationEntity.client, (clientOf) => {
      const clerk = clientOf(clerkId)
      return handlers
        .handle("reconciliation", () => answerWithin(clerk.Status()))
        .handle("reconcile", () => answerWithin(clerk.Start()))
    })
)

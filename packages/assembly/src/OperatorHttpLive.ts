import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { boardId, DashboardEntity } from "@saucier/dashboard/DashboardEntity"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as OperatorEntity from "@saucier/eventsourcing/OperatorEntity"
import { StoreFreeze } from "@saucier/eventsourcing/StoreFreeze"
import * as StoreFreezeNone from "@saucier/eventsourcing/StoreFreezeNone"
import type { ProviderFailure } from "@saucier/payment/PaymentProvider"
import { ProviderLedger } from "@saucier/payment/ProviderLedger"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import { providerUnavailable } from "@saucier/payment/ProviderUnavailable"
import { ClusterMap } from "@saucier/runtime/ClusterMap"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type Context, contexts } from "./Contexts.ts"
import { OperatorHttp } from "./OperatorHttp.ts"
import * as UnknownCharge from "./UnknownCharge.ts"

const answerWithin = <A, E>(context: string, ask: Effect.Effect<A, E>) =>
  Ask.within(context, "10 seconds")(ask)

const withinProvider = Ask.within("The payment provider", "10 seconds")

const fromProvider = <A>(answer: Effect.Effect<A, ProviderFailure>) =>
  withinProvider(Effect.mapError(answer, providerUnavailable))

const operators = Effect.all({
  order: OperatorEntity.make("order").client,
  payment: OperatorEntity.make("payment").client,
  delivery: OperatorEntity.make("delivery").client,
  dashboard: OperatorEntity.make("dashboard").client
})

export const OperatorHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(OperatorHttp),
  "operator",
  (handlers) =>
    Effect.gen(function*() {
      const clients = yield* operators
      const dashboard = (yield* DashboardEntity.client)(boardId)
      const ledger = yield* ProviderLedger
      const presets = yield* ProviderPresets
      const map = yield* ClusterMap
      const release = yield* UnknownCharge.make
      const files = Option.getOrElse(yield* Effect.serviceOption(StoreFreeze), () => StoreFreezeNone.none)
      const operator = (context: Context) => clients[context](OperatorEntity.operatorId)

      return handlers
        .handle("events", ({ urlParams: { after, context, limit } }) =>
          Effect.map(
            answerWithin(context, operator(context).Events({ after, limit })),
            (items) => ({ items })
          ))
        .handle("newestEvents", ({ urlParams: { context, limit } }) =>
          Effect.map(
            answerWithin(context, operator(context).Newest({ limit })),
            (items) => ({ items })
          ))
        .handle("listParked", () =>
          Effect.forEach(
            contexts,
            (context) =>
              Effect.map(
                answerWithin(context, operator(context).Parked()),
                (parked) => parked.map((event) => ({ context, ...event }))
              )
          ).pipe(
            Effect.map((items) => ({ items: items.flat() }))
          ))
        .handle(
          "serveParked",
          ({ payload: { context, ...parked } }) =>
            answerWithin(context, operator(context).ServeParked(parked))
        )
        .handle("rebuildDashboard", () => answerWithin("dashboard", dashboard.Rebuild()))
        .handle(
          "providerLedger",
          ({ urlParams: { after, limit } }) =>
            withinProvider(Effect.mapError(
              ledger.page(after, limit),
              (error) => error._tag === "UnknownLedgerPlace" ? error : providerUnavailable(error)
            ))
        )
        .handle("getProviderPreset", () => fromProvider(presets.get))
        .handle(
          "setProviderPreset",
          ({ payload }) => fromProvider(Effect.zipRight(presets.set(payload), presets.get))
        )
        .handle(
          "shards",
          () => Effect.map(answerWithin("The cluster's database", map.shards), (groups) => ({ groups }))
        )
        .handle("releaseCharge", ({ path: { paymentId } }) => release(paymentId))
        .handle("storeFiles", () => Effect.map(files.files, (items) => ({ items })))
        .handle("freezeFiles", () => Ask.within("The files", "15 seconds")(files.freeze))
        .handle("renewFreeze", ({ path: { id } }) => files.renew(id))
        .handle("thawFiles", ({ path: { id } }) => files.thaw(id))
        .handle("rebuildProgress", () => answerWithin("dashboard", dashboard.RebuildStatus()))
    })
)

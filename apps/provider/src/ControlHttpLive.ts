import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { start } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { type ProviderFailure, ProviderRefused } from "@saucier/payment/PaymentProvider"
import { ProviderControlHttp } from "@saucier/payment/ProviderControlHttp"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BankListener } from "./BankListener.ts"

const refused = ({ detail }: ProviderFailure) => new ProviderRefused({ detail })
const unready = ({ message }: { readonly message: string }) => new ProviderRefused({ detail: message })

const control = HttpApiBuilder.group(ProviderControlHttp, "control", (handlers) =>
  Effect.gen(function*() {
    const presets = yield* ProviderPresets
    const bank = yield* BankListener
    const store = yield* EventStore
    const get = Effect.mapError(presets.get, refused)
    return handlers
      .handle("getPreset", () => get)
      .handle("setPreset", ({ payload }) =>
        Effect.mapError(presets.set(payload), refused).pipe(
          Effect.zipRight(Effect.mapError(bank.follow(payload.preset), unready)),
          Effect.zipRight(get)
        ))
      .handle("livez", () => Effect.void)
      .handle("readyz", () => Effect.asVoid(Effect.mapError(store.page(start, 1), unready)))
  }))

export const ControlHttpLive = HttpApiBuilder.api(ProviderControlHttp).pipe(Layer.provide(control))

import type { Preset } from "@saucier/payment/ProviderPresets"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ApiApp from "./ApiApp.ts"
import { BankHttpLive } from "./BankHttpLive.ts"
import * as Listener from "./Listener.ts"
import { ProviderSettings } from "./ProviderSettings.ts"

/** Where the bank is reached; shut while it is down, so that the system itself refuses the connection. */
export class BankListener extends Context.Tag("@saucier/app-provider/BankListener")<BankListener, {
  readonly url: string
  readonly follow: (preset: Preset) => Effect.Effect<void, Listener.AddressTaken>
}>() {}

const make = Effect.gen(function*() {
  const { httpHost: host, httpPort: port, preset } = yield* ProviderSettings
  const app = yield* ApiApp.make(BankHttpLive)
  const { leave, take, url } = yield* Listener.make(app, { host, port, key: "SAUCIER_PROVIDER_HTTP_PORT" })
  const follow = (preset: Preset) => preset === "down" ? leave : take
  yield* follow(preset)
  return BankListener.of({ url, follow })
})

export const layer = Layer.scoped(BankListener, make)

import * as MetricsHttp from "@saucier/runtime/MetricsHttp"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ApiApp from "./ApiApp.ts"
import { ControlHttpLive } from "./ControlHttpLive.ts"
import * as Listener from "./Listener.ts"
import { ProviderSettings } from "./ProviderSettings.ts"

/** Where the stand-in is steered, probed and measured; open as long as the process lives. */
export class ControlListener
  extends Context.Tag("@saucier/app-provider/ControlListener")<ControlListener, { readonly url: string }>()
{}

const make = Effect.gen(function*() {
  const { controlPort: port, httpHost: host } = yield* ProviderSettings
  const app = yield* ApiApp.make(Layer.merge(ControlHttpLive, MetricsHttp.routes))
  const { url } = yield* Listener.make(app, { host, port, key: "SAUCIER_PROVIDER_CONTROL_PORT" })
  return ControlListener.of({ url })
})

export const layer = Layer.scoped(ControlListener, make)

import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as PaymentProviderHttp from "@saucier/payment/PaymentProviderHttp"
import * as ProviderPresetsHttp from "@saucier/payment/ProviderPresetsHttp"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import { Bank, paymentProviderContract } from "../../../packages/payment/test/PaymentProviderContract.ts"
import * as ProviderProcess from "./ProviderProcess.ts"

/** The adapters, and the process behind them; killed, it comes back at the same addresses. */
const behindHttp = Layer.unwrapScoped(Effect.gen(function*() {
  const folder = yield* ProviderProcess.temporaryFolder
  const start = (settings: Record<string, string>) =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      return { scope, ...(yield* Scope.extend(ProviderProcess.start(folder, settings), scope)) }
    })
  const first = yield* start({})
  const current = yield* Ref.make(first)
  yield* Effect.addFinalizer(() =>
    Effect.flatMap(Ref.get(current), ({ scope }) => Scope.close(scope, Exit.void))
  )
  const crash = Effect.gen(function*() {
    const { end, scope } = yield* Ref.get(current)
    yield* end("SIGKILL")
    yield* Scope.close(scope, Exit.void)
    const again = yield* start({
      SAUCIER_PROVIDER_HTTP_PORT: new URL(first.url).port,
      SAUCIER_PROVIDER_CONTROL_PORT: new URL(first.controlUrl).port
    })
    yield* Ref.set(current, again)
  })
  return Layer.mergeAll(
    PaymentProviderHttp.layer(first.url),
    ProviderPresetsHttp.layer(first.controlUrl),
    Layer.succeed(Bank, { crash })
  ).pipe(Layer.provide(NodeHttpClient.layerUndici))
}))

paymentProviderContract("the HTTP adapter before a process", behindHttp)

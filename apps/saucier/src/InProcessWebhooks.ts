/** The stand-in in this process tells its news without HTTP: a hint for the payment, unless it is there for speed. */
import * as Ids from "@saucier/kernel/Ids"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import { ProviderWebhooks } from "@saucier/provider/ProviderWebhooks"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"

const isPaymentId = Schema.is(Ids.PaymentId)

export const layer = Layer.scoped(
  ProviderWebhooks,
  Effect.gen(function*() {
    const payments = yield* PaymentEntity.client
    const presets = yield* ProviderPresets
    const fork = yield* FiberSet.makeRuntime<never>()
    const hint = (paymentId: Ids.PaymentId) =>
      payments(paymentId).Inquire({ amount: null }).pipe(
        Effect.catchAll((error) => Effect.logDebug("A hint of the provider was lost", error))
      )
    return {
      send: ({ key }) =>
        Effect.map(Effect.orDie(presets.get), ({ preset }) => {
          if (preset !== "instant" && isPaymentId(key)) fork(hint(key))
        })
    }
  })
)

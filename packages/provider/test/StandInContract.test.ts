import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { PaymentProvider } from "@saucier/payment/PaymentProvider"
import { ProviderLedger } from "@saucier/payment/ProviderLedger"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as LedgerPages from "@saucier/provider/LedgerPages"
import * as Presets from "@saucier/provider/Presets"
import * as StandIn from "@saucier/provider/StandIn"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import { Bank, paymentProviderContract } from "../../payment/test/PaymentProviderContract.ts"

const parts = Layer.merge(StandIn.layer, LedgerPages.layer)

/** Over one store, a process that can end and begin again. */
const inProcess = Layer.scopedContext(Effect.gen(function*() {
  const store = yield* EventStore
  const presets = yield* ProviderPresets
  const build = Effect.gen(function*() {
    const scope = yield* Scope.make()
    const built = yield* Layer.buildWithScope(
      parts.pipe(
        Layer.provide([Layer.succeed(EventStore, store), Layer.succeed(ProviderPresets, presets)])
      ),
      scope
    )
    return {
      scope,
      provider: Context.get(built, PaymentProvider),
      ledger: Context.get(built, ProviderLedger)
    }
  })
  const current = yield* Ref.make(yield* build)
  const end = Effect.flatMap(Ref.get(current), ({ scope }) => Scope.close(scope, Exit.void))
  yield* Effect.addFinalizer(() => end)
  const now = Ref.get(current)
  return Context.make(Bank, {
    crash: Effect.zipRight(end, Effect.flatMap(build, (next) => Ref.set(current, next)))
  })
    .pipe(
      Context.add(ProviderPresets, presets),
      Context.add(ProviderLedger, {
        page: (after, limit) => Effect.flatMap(now, ({ ledger }) => ledger.page(after, limit))
      }),
      Context.add(PaymentProvider, {
        charge: (charge) => Effect.flatMap(now, ({ provider }) => provider.charge(charge)),
        inquire: (key) => Effect.flatMap(now, ({ provider }) => provider.inquire(key)),
        void: (key) => Effect.flatMap(now, ({ provider }) => provider.void(key)),
        refund: (key) => Effect.flatMap(now, ({ provider }) => provider.refund(key))
      })
    )
})).pipe(Layer.provide([EventStoreMemory.layer("provider"), Presets.layer("instant")]))

paymentProviderContract("the stand-in in process", inProcess)

/** A runner wakes up after another has taken its payment over. */
import * as Entity from "@effect/cluster/Entity"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import { assert, it } from "@effect/vitest"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import { PaymentEntityLive } from "@saucier/payment/PaymentEntityLive"
import { PaymentProvider, ProviderRefused } from "@saucier/payment/PaymentProvider"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { amount, paymentId, request } from "./OnePayment.ts"

it.live("gives back what one runner captured after another was refused", () =>
  Effect.gen(function*() {
    const store = Context.get(yield* Layer.build(EventStoreMemory.layer("payment")), EventStore)
    const [aWoke, aAsked, bCharged, aDone] = yield* Effect.all([
      Deferred.make<void>(),
      Deferred.make<void>(),
      Deferred.make<void>(),
      Deferred.make<void>()
    ])
    const books: Array<string> = []
    const captured = { _tag: "Captured", reference: "cap_1", amount } as const
    const bank = (charge: typeof PaymentProvider.Service["charge"]) =>
      PaymentProvider.of({
        charge,
        inquire: () =>
          Effect.sync(() => books.includes("captured") ? captured : { _tag: "NotFound" } as const),
        void: () => Effect.succeed({ _tag: "Voided" }),
        refund: () =>
          Effect.sync(() => {
            books.push("refunded")
            return { _tag: "Refunded", reference: "ref_1" } as const
          })
      })
    const runner = (provider: typeof PaymentProvider.Service) =>
      Entity.makeTestClient(
        PaymentEntity,
        PaymentEntityLive.pipe(
          Layer.provide([Layer.succeed(EventStore, store), Layer.succeed(PaymentProvider, provider)])
        )
      ).pipe(Effect.flatMap((client) => client(paymentId)))
    const a = yield* runner(bank(() =>
      Deferred.succeed(aAsked, undefined).pipe(
        Effect.zipRight(Deferred.await(aWoke)),
        Effect.zipRight(Effect.fail(new ProviderRefused({ detail: "circuit breaker open" })))
      )
    ))
    const b = yield* runner(bank(() =>
      Effect.sync(() => {
        books.push("captured")
      }).pipe(
        Effect.zipRight(Deferred.succeed(bCharged, undefined)),
        Effect.zipRight(Deferred.await(aDone)),
        Effect.as(captured)
      )
    ))
    const first = yield* Effect.fork(a.RequestPayment(request))
    yield* Deferred.await(aAsked)
    const second = yield* Effect.fork(b.RequestPayment(request))
    yield* Deferred.await(bCharged)
    yield* Deferred.succeed(aWoke, undefined)
    yield* Fiber.join(first)
    yield* Deferred.succeed(aDone, undefined)
    yield* Fiber.join(second)
    yield* b.Settle()
    assert.deepStrictEqual(books, ["captured", "refunded"])
  }).pipe(Effect.scoped, Effect.provide(ShardingConfig.layerDefaults)))

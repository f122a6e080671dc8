/** A runner wakes up after another has taken its payment over. */
import * as Entity from "@effect/cluster/Entity"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import { assert, it } from "@effect/vitest"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { CommandId } from "@saucier/kernel/CommandMeta"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import { PaymentEntityLive } from "@saucier/payment/PaymentEntityLive"
import { PaymentProvider, ProviderRefused } from "@saucier/payment/PaymentProvider"
import * as ProtectedProvider from "@saucier/payment/ProtectedProvider"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Array from "effect/Array"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { amount, meta, orderId, paymentId, request } from "./OnePayment.ts"

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

it.live("gives back what one runner captured and could not record after another was refused", () =>
  Effect.gen(function*() {
    const store = Context.get(yield* Layer.build(EventStoreMemory.layer("payment")), EventStore)
    const [aAsked, aWoke, bAsked, bWoke] = yield* Effect.all(
      Array.makeBy(4, () => Deferred.make<void>())
    )
    assert(aAsked !== undefined && aWoke !== undefined && bAsked !== undefined && bWoke !== undefined)
    const books: Array<string> = []
    const captured = { _tag: "Captured", reference: "cap_1", amount } as const
    const bank = (charge: typeof PaymentProvider.Service["charge"]) =>
      PaymentProvider.of({
        charge,
        inquire: () => Effect.succeed({ _tag: "NotFound" }),
        void: () => Effect.sync(() => books.includes("captured") ? captured : { _tag: "Voided" } as const),
        refund: () =>
          Effect.sync(() => {
            books.push("refunded")
            return { _tag: "Refunded", reference: "ref_1" } as const
          })
      })
    const runner = (provider: typeof PaymentProvider.Service, store: typeof EventStore.Service) =>
      Entity.makeTestClient(
        PaymentEntity,
        PaymentEntityLive.pipe(
          Layer.provide([Layer.succeed(EventStore, store), Layer.succeed(PaymentProvider, provider)])
        )
      ).pipe(Effect.flatMap((client) => client(paymentId)))
    const full = new EventStoreUnavailable({ store: "payment", reason: "full", detail: "no space left" })
    const a = yield* runner(
      bank(() =>
        Deferred.succeed(aAsked, undefined).pipe(
          Effect.zipRight(Deferred.await(aWoke)),
          Effect.zipRight(Effect.fail(new ProviderRefused({ detail: "connection refused" })))
        )
      ),
      store
    )
    const b = yield* runner(
      bank(() =>
        Deferred.succeed(bAsked, undefined).pipe(
          Effect.zipRight(Deferred.await(bWoke)),
          Effect.zipRight(Effect.sync(() => {
            books.push("captured")
            return captured
          }))
        )
      ),
      { ...store, append: (append) => books.includes("captured") ? Effect.fail(full) : store.append(append) }
    )
    const first = yield* Effect.fork(a.RequestPayment(request))
    yield* Deferred.await(aAsked)
    const second = yield* Effect.fork(Effect.exit(b.RequestPayment(request)))
    yield* Deferred.await(bAsked)
    yield* Deferred.succeed(aWoke, undefined)
    assert.deepInclude((yield* Fiber.join(first)).state, { status: "Failed" })
    yield* Deferred.succeed(bWoke, undefined)
    assert.strictEqual((yield* Fiber.join(second))._tag, "Failure")
    yield* a.ReleasePayment({ meta: meta("release"), paymentId, orderId, reason: "the order was rejected" })
    assert.deepStrictEqual(books, ["captured", "refunded"])
    const recorded = yield* store.read(StreamId.make(`payment-${paymentId}`), Version.make(0))
    assert.deepStrictEqual(recorded.map(({ type }) => type), [
      "PaymentRequested",
      "PaymentFailed",
      "PaymentVoidRequested",
      "PaymentCaptured",
      "RefundRequested",
      "PaymentRefunded"
    ])
  }).pipe(Effect.scoped, Effect.provide(ShardingConfig.layerDefaults)))

it.live("leaves a payment alone that one runner is charging when the breaker of another is open", () =>
  Effect.gen(function*() {
    const store = Context.get(yield* Layer.build(EventStoreMemory.layer("payment")), EventStore)
    const [asked, answers] = yield* Effect.all([Deferred.make<void>(), Deferred.make<void>()])
    const captured = { _tag: "Captured", reference: "cap_1", amount } as const
    const runner = Effect.gen(function*() {
      const bank = PaymentProvider.of({
        charge: () =>
          Deferred.succeed(asked, undefined).pipe(
            Effect.zipRight(Deferred.await(answers)),
            Effect.as(captured)
          ),
        inquire: () => Effect.succeed({ _tag: "NotFound" }),
        void: () => Effect.succeed({ _tag: "Voided" }),
        refund: () => Effect.succeed({ _tag: "NotFound" })
      })
      const guarded = yield* Layer.build(
        Layer.fresh(ProtectedProvider.layer(new ResilienceConfig({}))).pipe(
          Layer.provide(Layer.succeed(PaymentProvider, bank))
        )
      )
      const client = yield* Entity.makeTestClient(
        PaymentEntity,
        PaymentEntityLive.pipe(
          Layer.provide([Layer.succeed(EventStore, store), Layer.succeedContext(guarded)])
        )
      )
      const payment = yield* client(paymentId)
      return { payment, breaker: Context.get(guarded, ProtectedProvider.ProviderBreaker) }
    })
    const [a, b] = [yield* runner, yield* runner]
    const charging = yield* Effect.fork(a.payment.RequestPayment(request))
    yield* Deferred.await(asked)
    yield* b.breaker.force("ForcedOpen")
    const again = { ...request, meta: { ...request.meta, commandId: CommandId.make("again") } }
    for (const repeat of [request, again]) {
      const { state } = yield* b.payment.RequestPayment(repeat)
      assert.notDeepInclude(state, { status: "Failed" })
    }
    yield* Deferred.succeed(answers, undefined)
    assert.deepInclude((yield* Fiber.join(charging)).state, { status: "Captured" })
  }).pipe(Effect.scoped, Effect.provide(ShardingConfig.layerDefaults)))

/** A payment's actor before providers that say what none should: what must still hold. */
import * as Entity from "@effect/cluster/Entity"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import { assert, describe, it } from "@effect/vitest"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { MinorUnits } from "@saucier/kernel/Money"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import { PaymentEntityLive } from "@saucier/payment/PaymentEntityLive"
import {
  type InquiryReply,
  PaymentProvider,
  ProviderRefused,
  ProviderSilent
} from "@saucier/payment/PaymentProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { amount, meta, orderId, paymentId, request } from "./OnePayment.ts"

const captured: InquiryReply = { _tag: "Captured", reference: "cap_1", amount }
const refuse = new ProviderRefused({ detail: "circuit breaker open" })
const silence = new ProviderSilent({ detail: "no answer" })
const rejected = { meta: meta("release"), paymentId, orderId, reason: "rejected" }

const provider = (over: Partial<typeof PaymentProvider.Service>) =>
  PaymentProvider.of({
    charge: () => Effect.succeed({ _tag: "Captured", reference: "cap_1", amount }),
    inquire: () => Effect.succeed(captured),
    void: () => Effect.succeed({ _tag: "Captured", reference: "cap_1", amount }),
    refund: () => Effect.succeed({ _tag: "Refunded", reference: "ref_1" }),
    ...over
  })

const memory = Effect.map(
  Layer.build(Layer.fresh(EventStoreMemory.layer("payment"))),
  (c) => Context.get(c, EventStore)
)

const start = (store: typeof EventStore.Service, bank: typeof PaymentProvider.Service) =>
  Entity.makeTestClient(
    PaymentEntity,
    PaymentEntityLive.pipe(
      Layer.provide([Layer.succeed(EventStore, store), Layer.succeed(PaymentProvider, bank)])
    )
  ).pipe(Effect.flatMap((client) => client(paymentId)))

const inWorld = <A, E>(effect: Effect.Effect<A, E, Scope.Scope | ShardingConfig.ShardingConfig>) =>
  effect.pipe(Effect.scoped, Effect.provide(ShardingConfig.layerDefaults))

const typesOf = (store: typeof EventStore.Service) =>
  Effect.map(
    store.read(StreamId.make(`payment-${paymentId}`), Version.make(0)),
    (recorded) => recorded.map(({ type }) => type)
  )

describe("settling a payment", () => {
  it.effect("records a refund whatever the length of its reference", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      const payment = yield* start(
        store,
        provider({ refund: () => Effect.succeed({ _tag: "Refunded", reference: "r".repeat(501) }) })
      )
      yield* payment.RequestPayment(request)
      yield* Effect.exit(
        payment.ReleasePayment({ meta: meta("release"), paymentId, orderId, reason: "cancelled" })
      )
      yield* Effect.exit(payment.Settle())
      assert.include(yield* typesOf(store), "PaymentRefunded")
    })))

  it.effect("does not call a payment failed that another runner has charged meanwhile", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      let took = false
      // Runner A: appends the intent and charges, between B's look at the stream and B's append.
      const raced: typeof EventStore.Service = {
        ...store,
        append: (append) =>
          Effect.suspend(() => {
            if (took) return store.append(append)
            took = true
            return Effect.zipRight(store.append(append), store.append(append))
          })
      }
      const payment = yield* start(raced, provider({ charge: () => Effect.fail(refuse) }))
      yield* payment.RequestPayment(request)
      assert.notInclude(yield* typesOf(store), "PaymentFailed")
    })))

  it.effect("does not take a hint for done when the provider did not answer about an ended payment", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      const payment = yield* start(
        store,
        provider({ charge: () => Effect.fail(refuse), inquire: () => Effect.fail(silence) })
      )
      yield* payment.RequestPayment(request)
      const exit = yield* Effect.exit(payment.Inquire({ amount }))
      const { state } = yield* payment.GetPayment()
      assert.isTrue(exit._tag === "Failure" || (state._tag === "Payment" && state.attention !== null))
    })))

  it.effect("voids at the provider what it refused, once the order has ended, and asks again until it is voided", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      let away = true
      const payment = yield* start(
        store,
        provider({
          charge: () => Effect.fail(refuse),
          void: () => away ? Effect.fail(refuse) : Effect.succeed({ _tag: "Voided" })
        })
      )
      yield* payment.RequestPayment(request)
      yield* payment.ReleasePayment(rejected)
      yield* payment.Settle()
      const before = ["PaymentRequested", "PaymentFailed", "PaymentVoidRequested"]
      assert.deepStrictEqual(yield* typesOf(store), before)
      away = false
      yield* payment.Settle()
      const { state } = yield* payment.Settle()
      assert.deepStrictEqual(yield* typesOf(store), [...before, "PaymentVoided"])
      assert.deepInclude(state, { status: "Failed" })
    })))

  it.effect("is done with what was refused when the provider has declined it meanwhile", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      const payment = yield* start(
        store,
        provider({
          charge: () => Effect.fail(refuse),
          void: () => Effect.succeed({ _tag: "Declined", code: "card_declined" })
        })
      )
      yield* payment.RequestPayment(request)
      const { state } = yield* payment.ReleasePayment(rejected)
      assert.deepInclude(state, { status: "Failed" })
      assert.strictEqual((yield* typesOf(store)).at(-1), "PaymentVoided")
    })))

  it.effect("answers whoever asks about a payment that is not sure to have failed by a void", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      let away = true
      const payment = yield* start(
        store,
        provider({
          charge: () => Effect.fail(refuse),
          inquire: () => Effect.succeed({ _tag: "NotFound" }),
          void: () => away ? Effect.fail(silence) : Effect.succeed({ _tag: "Voided" })
        })
      )
      yield* payment.RequestPayment(request)
      yield* payment.ReleasePayment(rejected)
      away = false
      yield* payment.Inquire({ amount: null })
      assert.strictEqual((yield* typesOf(store)).at(-1), "PaymentVoided")
    })))

  it.effect("does not let goods go for money that the provider says it gave back", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      const payment = yield* start(
        store,
        provider({
          charge: () => Effect.fail(silence),
          inquire: () => Effect.succeed({ _tag: "Refunded", reference: "ref_1" })
        })
      )
      yield* payment.RequestPayment(request)
      const { state } = yield* payment.Settle()
      assert.isTrue(state._tag === "Payment" && state.status !== "Captured")
    })))

  it.effect("leaves an acknowledged attention acknowledged", () =>
    inWorld(Effect.gen(function*() {
      const store = yield* memory
      const wrong = { ...amount, amount: MinorUnits.make(9_000) }
      const bank = provider({
        charge: () => Effect.fail(silence),
        inquire: () => Effect.succeed({ _tag: "Captured", reference: "cap_1", amount: wrong })
      })
      const payment = yield* start(store, bank)
      yield* payment.RequestPayment(request)
      yield* payment.Settle()
      yield* payment.AcknowledgeAttention({ meta: meta("ack"), paymentId, orderId, note: "seen" })
      const { state } = yield* payment.Settle()
      assert.isTrue(state._tag === "Payment" && state.attention === null)
    })))
})

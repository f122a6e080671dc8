/** A payment's actor against a provider that refuses, falls silent and loses replies, through restarts and repeats. */
import * as Entity from "@effect/cluster/Entity"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import { assert, describe, it } from "@effect/vitest"
import { fold } from "@saucier/eventsourcing/Decider"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import { PaymentEntityLive } from "@saucier/payment/PaymentEntityLive"
import {
  PaymentProvider,
  type ProviderFailure,
  ProviderRefused,
  ProviderSilent
} from "@saucier/payment/PaymentProvider"
import * as ProtectedProvider from "@saucier/payment/ProtectedProvider"
import type { Preset } from "@saucier/payment/ProviderPresets"
import { ledgerCodec } from "@saucier/provider/Ledger"
import * as Presets from "@saucier/provider/Presets"
import * as StandIn from "@saucier/provider/StandIn"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { amount, goods, meta, orderId, paymentId } from "./OnePayment.ts"

/** What becomes of a call to the provider. `lost`: it acts, and its reply never arrives. */
type Fate = "ok" | "refused" | "silent" | "lost"

const fates = FastCheck.array(
  FastCheck.constantFrom<Fate>("ok", "ok", "refused", "silent", "lost"),
  { maxLength: 20 }
)

type Act = "request" | "release" | "settle" | "hint" | "restart"
const acts = FastCheck.array(
  FastCheck.constantFrom<Act>("request", "request", "release", "settle", "hint", "restart"),
  { minLength: 1, maxLength: 12 }
)

/** The stand-in behind a line that is as bad as the given fates; when they are used up, it is good. */
const badLine = (provider: typeof PaymentProvider.Service, fates: ReadonlyArray<Fate>) => {
  let call = 0
  const through = <A>(effect: Effect.Effect<A, ProviderFailure>): Effect.Effect<A, ProviderFailure> =>
    Effect.suspend(() => {
      const fate = fates[call++] ?? "ok"
      if (fate === "refused") return new ProviderRefused({ detail: "connection refused" })
      if (fate === "silent") return new ProviderSilent({ detail: "no answer" })
      if (fate === "ok") return effect
      return Effect.zipRight(effect, new ProviderSilent({ detail: "the connection broke" }))
    })
  return PaymentProvider.of({
    charge: (charge) => through(provider.charge(charge)),
    inquire: (key) => through(provider.inquire(key)),
    void: (key) => through(provider.void(key)),
    refund: (key) => through(provider.refund(key))
  })
}

const world = (preset: Preset, fates: ReadonlyArray<Fate>) =>
  Effect.gen(function*() {
    const store = Context.get(yield* Layer.build(EventStoreMemory.layer("payment")), EventStore)
    const ledger = Context.get(
      yield* Layer.build(Layer.fresh(EventStoreMemory.layer("provider"))),
      EventStore
    )
    const provider = badLine(
      Context.get(
        yield* Layer.build(StandIn.layer.pipe(
          Layer.provide([Layer.succeed(EventStore, ledger), Presets.layer(preset)])
        )),
        PaymentProvider
      ),
      fates
    )
    const start = Entity.makeTestClient(
      PaymentEntity,
      PaymentEntityLive.pipe(
        Layer.provide([Layer.succeed(EventStore, store), Layer.succeed(PaymentProvider, provider)])
      )
    ).pipe(Effect.flatMap((client) => client(paymentId)))
    const books = Effect.map(
      ledger.read(StreamId.make(`charge-${paymentId}`), Version.make(0)),
      (recorded) => recorded.map((event) => Either.getOrThrow(ledgerCodec.decode(event))._tag)
    )
    const events = Effect.map(
      store.read(StreamId.make(`payment-${paymentId}`), Version.make(0)),
      (recorded) => recorded.map((event) => Either.getOrThrow(paymentCodec.decode(event)))
    )
    return { start, books, events }
  })

const run = (preset: Preset, acts: ReadonlyArray<Act>, fates: ReadonlyArray<Fate>) =>
  Effect.gen(function*() {
    const { books, events, start } = yield* world(preset, fates)
    let payment = yield* start
    for (const [index, act] of acts.entries()) {
      if (act === "restart") payment = yield* start
      if (act === "request") {
        yield* payment.RequestPayment({ meta: meta("request"), paymentId, orderId, amount, goods })
      }
      if (act === "release") {
        yield* payment.ReleasePayment({
          meta: meta(`release-${index % 2}`),
          paymentId,
          orderId,
          reason: "cancelled"
        })
      }
      if (act === "settle") yield* payment.Settle()
      if (act === "hint") yield* Effect.either(payment.Inquire({ amount }))
    }
    for (let i = 0; i < fates.length + 2; i++) yield* payment.Settle()
    const { state } = yield* payment.GetPayment()
    return { state, books: yield* books, events: yield* events }
  })

const inWorld = <A, E>(effect: Effect.Effect<A, E, Scope.Scope | ShardingConfig.ShardingConfig>) =>
  effect.pipe(Effect.scoped, Effect.provide(ShardingConfig.layerDefaults))

const count = (tags: ReadonlyArray<string>, tag: string) => tags.filter((t) => t === tag).length

describe("PaymentEntity", () => {
  it.effect.prop(
    "ends settled, in agreement with the provider's ledger, whatever calls fail and whoever restarts",
    [FastCheck.constantFrom<Preset>("instant", "instant", "decline"), acts, fates],
    ([preset, acts, fates]) =>
      inWorld(Effect.gen(function*() {
        const { books, events, state } = yield* run(preset, acts, fates)
        const tags = events.map(({ _tag }) => _tag)
        assert.deepStrictEqual(state, fold(paymentDecider, paymentDecider.initial, events))

        assert.isAtMost(count(books, "ChargeCaptured"), 1)
        assert.strictEqual(count(tags, "PaymentCaptured"), count(books, "ChargeCaptured"))
        assert.strictEqual(count(tags, "PaymentRefunded"), count(books, "ChargeRefunded"))
        if (state._tag === "Payment") {
          assert.notInclude(["Requested", "Unknown", "RefundRequested"], state.status)
          if (state.release !== null) assert.notStrictEqual(state.status, "Captured")
        }
        for (const event of events) {
          if (event._tag === "PaymentCaptured") assert.deepStrictEqual(event.amount, amount)
        }
      })),
    { fastCheck: { numRuns: 150 } }
  )

  it.effect("says failed, and charges nobody, when the provider refuses the first request", () =>
    inWorld(Effect.gen(function*() {
      const { books, state } = yield* run("instant", ["request"], ["refused"])
      assert.deepInclude(state, { status: "Failed" })
      assert.deepStrictEqual(books, [])
    })))

  it.effect("asks before it charges again when a reply was lost, and captures once", () =>
    inWorld(Effect.gen(function*() {
      const { books, state } = yield* run("instant", ["request", "restart", "request"], ["lost"])
      assert.deepInclude(state, { status: "Captured" })
      assert.deepStrictEqual(books, ["ChargeCaptured"])
    })))

  it.effect("charges nobody when the release overtakes the request", () =>
    inWorld(Effect.gen(function*() {
      const { books, state } = yield* run("instant", ["release", "request"], [])
      assert.strictEqual(state._tag, "Tombstone")
      assert.deepStrictEqual(books, [])
    })))

  it.effect("refunds once what was captured before the release, however often it is released", () =>
    inWorld(Effect.gen(function*() {
      const { books, state } = yield* run(
        "instant",
        ["request", "release", "release", "restart", "release"],
        []
      )
      assert.deepInclude(state, { status: "Refunded" })
      assert.deepStrictEqual(books, ["ChargeCaptured", "ChargeRefunded"])
    })))

  it.effect("keeps trying to refund while the provider is away, and shows the attempts meanwhile", () =>
    inWorld(Effect.gen(function*() {
      const { books, events, state } = yield* run("instant", ["request", "release"], [
        "ok",
        "refused",
        "silent",
        "refused"
      ])
      assert.deepInclude(state, { status: "Refunded" })
      assert.strictEqual(count(events.map(({ _tag }) => _tag), "RefundDelayed"), 3)
      assert.deepStrictEqual(books, ["ChargeCaptured", "ChargeRefunded"])
    })))

  /** Behind a breaker that an operator has opened, and until it lets calls through again. */
  const behindBreaker = Effect.gen(function*() {
    const store = Context.get(yield* Layer.build(EventStoreMemory.layer("payment")), EventStore)
    const asked: Array<string> = []
    const bank = PaymentProvider.of({
      charge: () =>
        Effect.sync(() => {
          asked.push("charge")
          return { _tag: "Captured", reference: "cap_1", amount }
        }),
      inquire: () => Effect.succeed({ _tag: "NotFound" }),
      void: () => Effect.succeed({ _tag: "Voided" }),
      refund: () => Effect.succeed({ _tag: "NotFound" })
    })
    const guarded = yield* Layer.build(
      ProtectedProvider.layer(new ResilienceConfig({})).pipe(
        Layer.provide(Layer.succeed(PaymentProvider, bank))
      )
    )
    const appends: Array<number> = []
    const counted: typeof EventStore.Service = {
      ...store,
      append: (append) =>
        Effect.tap(store.append(append), ({ events }) => Effect.sync(() => appends.push(events.length)))
    }
    const client = yield* Entity.makeTestClient(
      PaymentEntity,
      PaymentEntityLive.pipe(
        Layer.provide([Layer.succeed(EventStore, counted), Layer.succeedContext(guarded)])
      )
    )
    return {
      appends,
      asked,
      breaker: Context.get(guarded, ProtectedProvider.ProviderBreaker),
      payment: yield* client(paymentId)
    }
  })
  const request = { meta: meta("request"), paymentId, orderId, amount, goods }

  it.effect("refuses in one append, and asks nobody, what is requested while the breaker is open", () =>
    inWorld(Effect.gen(function*() {
      const { appends, asked, breaker, payment } = yield* behindBreaker
      yield* breaker.force("ForcedOpen")
      const refused = yield* payment.RequestPayment(request)
      assert.deepInclude(refused.state, { status: "Failed" })
      assert.deepStrictEqual([appends, asked], [[2], []])

      yield* breaker.reset
      assert.deepStrictEqual(yield* payment.RequestPayment(request), refused)
      assert.deepStrictEqual([appends, asked], [[2], []])
    })))

  it.effect("does not call a payment failed for a breaker that opened after it was charged", () =>
    inWorld(Effect.gen(function*() {
      const { appends, asked, breaker, payment } = yield* behindBreaker
      const charged = yield* payment.RequestPayment(request)
      yield* breaker.force("ForcedOpen")
      assert.deepStrictEqual(yield* payment.RequestPayment(request), charged)
      assert.deepInclude(charged.state, { status: "Captured" })
      assert.deepStrictEqual([appends, asked], [[1, 1], ["charge"]])
    })))
})

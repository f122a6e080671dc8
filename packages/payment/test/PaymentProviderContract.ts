/** What every adapter of PaymentProvider must hold, with the stand-in behind it. */
import { assert, describe, layer as withLayer } from "@effect/vitest"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as TypeId from "@saucier/kernel/TypeId"
import { type Charge, PaymentProvider } from "@saucier/payment/PaymentProvider"
import { type LedgerLine, ProviderLedger } from "@saucier/payment/ProviderLedger"
import { type Preset, ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import type * as Layer from "effect/Layer"

/** The bank's end: it dies without a word, and comes back with the same ledger at the same address. */
export class Bank extends Context.Tag("test/Bank")<Bank, { readonly crash: Effect.Effect<void> }>() {}

export type Parties = PaymentProvider | ProviderLedger | ProviderPresets | Bank

export const newCharge: Effect.Effect<Charge> = Effect.map(TypeId.generate, (suffix) => {
  const orderId = Ids.orderId(suffix)
  return {
    key: Ids.paymentIdOf(orderId),
    orderId,
    amount: { amount: MinorUnits.make(10_000), currency: "KRW" }
  }
})

export const behave = (preset: Preset, lostReplyRate = 0) =>
  Effect.flatMap(ProviderPresets, (presets) => presets.set({ preset, lostReplyRate }))

/** The whole statement, by pages. */
export const statement = (limit = 200) =>
  Effect.gen(function*() {
    const ledger = yield* ProviderLedger
    const lines: Array<LedgerLine> = []
    let after: string | null = ""
    while (after !== null) {
      const page: { items: ReadonlyArray<LedgerLine>; next: string | null } = yield* ledger.page(after, limit)
      assert.isAtMost(page.items.length, limit)
      lines.push(...page.items)
      after = page.next
    }
    return lines
  })

export const typesOf = (key: string) =>
  Effect.map(statement(), (lines) => lines.filter((line) => line.key === key).map(({ type }) => type))

type Operation = "charge" | "void" | "refund" | "inquire"
const operations = FastCheck.array(FastCheck.constantFrom<Operation>("charge", "void", "refund", "inquire"), {
  maxLength: 8
})

/** What the books say of a charge, and what each operation makes of it. */
const model = {
  NotFound: { charge: "Captured", void: "Voided", refund: "NotFound" },
  Captured: { charge: "Captured", void: "Captured", refund: "Refunded" },
  Voided: { charge: "Voided", void: "Voided", refund: "Voided" },
  Refunded: { charge: "Refunded", void: "Refunded", refund: "Refunded" }
} as const
type Entry = keyof typeof model

/** A charge of what was given back is declined, and nothing is refunded that was not captured. */
const replyTo = (operation: Operation, after: Entry): string =>
  operation === "charge" && after === "Refunded"
    ? "Declined"
    : operation === "refund" && after !== "Refunded"
    ? "NotFound"
    : after

const tagOf = <E>(reply: Effect.Effect<{ readonly _tag: string }, E>) => Effect.map(reply, ({ _tag }) => _tag)

export const paymentProviderContract = <E>(adapter: string, layer: Layer.Layer<Parties, E>) =>
  describe(`${adapter} as payment provider`, () => {
    withLayer(layer, { excludeTestServices: true, timeout: "60 seconds" })((it) => {
      it.effect("captures once, however often and however much at once it is asked", () =>
        Effect.gen(function*() {
          yield* behave("instant")
          const provider = yield* PaymentProvider
          const charge = yield* newCharge
          const replies = yield* Effect.all(
            Effect.replicate(provider.charge(charge), 16),
            { concurrency: 8 }
          )
          for (const reply of replies) {
            assert.deepInclude(reply, { _tag: "Captured", amount: charge.amount })
            assert.deepStrictEqual(reply, replies[0])
          }
          assert.deepStrictEqual(yield* typesOf(charge.key), ["charge.captured"])
        }))

      it.effect.prop(
        "answers any row of operations as its books say, each idempotent",
        [operations],
        ([row]) =>
          Effect.gen(function*() {
            yield* behave("instant")
            const provider = yield* PaymentProvider
            const charge = yield* newCharge
            const ask = {
              charge: tagOf(provider.charge(charge)),
              void: tagOf(provider.void(charge.key)),
              refund: tagOf(provider.refund(charge.key)),
              inquire: tagOf(provider.inquire(charge.key))
            }
            let entry: Entry = "NotFound"
            for (const operation of row) {
              if (operation !== "inquire") entry = model[entry][operation]
              assert.strictEqual(yield* ask[operation], replyTo(operation, entry))
            }
            const types = yield* typesOf(charge.key)
            assert.isAtMost(types.filter((type) => type === "charge.captured").length, 1)
            assert.isAtMost(types.filter((type) => type === "charge.refunded").length, 1)
          }),
        { fastCheck: { numRuns: 40 } }
      )

      it.effect("declines by preset, and stays with it", () =>
        Effect.gen(function*() {
          const provider = yield* PaymentProvider
          const charge = yield* newCharge
          yield* behave("decline")
          assert.deepStrictEqual(yield* provider.charge(charge), { _tag: "Declined", code: "card_declined" })
          yield* behave("instant")
          assert.strictEqual((yield* provider.charge(charge))._tag, "Declined")
          assert.deepStrictEqual(yield* typesOf(charge.key), ["charge.declined"])
        }))

      it.effect("refuses while it is down and has done nothing; its controls answer meanwhile", () =>
        Effect.gen(function*() {
          const provider = yield* PaymentProvider
          const presets = yield* ProviderPresets
          const charge = yield* newCharge
          yield* behave("instant")
          yield* provider.inquire(charge.key)
          yield* behave("down")
          const calls = [
            tagOf(provider.charge(charge)),
            tagOf(provider.void(charge.key)),
            tagOf(provider.refund(charge.key))
          ]
          for (const call of calls) assert.strictEqual((yield* Effect.flip(call))._tag, "ProviderRefused")
          assert.deepStrictEqual(yield* presets.get, { preset: "down", lostReplyRate: 0 })
          yield* behave("instant")
          assert.deepStrictEqual(yield* provider.inquire(charge.key), { _tag: "NotFound" })
        }))

      for (const [preset, rate] of [["lost-reply", 0], ["instant", 1]] as const) {
        it.effect(`captures and falls silent with preset ${preset} at a rate of ${rate}: an inquiry tells`, () =>
          Effect.gen(function*() {
            yield* behave(preset, rate)
            const provider = yield* PaymentProvider
            const charge = yield* newCharge
            assert.strictEqual((yield* Effect.flip(provider.charge(charge)))._tag, "ProviderSilent")
            assert.deepInclude(yield* provider.inquire(charge.key), {
              _tag: "Captured",
              amount: charge.amount
            })
            yield* behave("instant")
            assert.strictEqual((yield* provider.charge(charge))._tag, "Captured")
            assert.deepStrictEqual(yield* typesOf(charge.key), ["charge.captured"])
          }))
      }

      it.effect("hangs until the caller goes, and a void then stands before what hung", () =>
        Effect.gen(function*() {
          yield* behave("hang")
          const provider = yield* PaymentProvider
          const charge = yield* newCharge
          const answer = yield* Effect.timeoutOption(provider.charge(charge), "200 millis")
          assert.strictEqual(answer._tag, "None")
          yield* behave("instant")
          assert.deepStrictEqual(yield* provider.void(charge.key), { _tag: "Voided" })
          assert.deepStrictEqual(yield* provider.charge(charge), { _tag: "Voided" })
        }))

      it.effect("shows its ledger in pages of any size, oldest first", () =>
        Effect.gen(function*() {
          yield* behave("instant")
          const provider = yield* PaymentProvider
          const charges = yield* Effect.replicateEffect(newCharge, 5)
          for (const charge of charges) yield* provider.charge(charge)
          for (const charge of charges) yield* provider.refund(charge.key)
          const whole = yield* statement()
          assert.deepStrictEqual(yield* statement(3), whole)
          assert.deepStrictEqual(
            whole.slice(-10).map(({ amount, key, orderId, type }) => ({ amount, key, orderId, type })),
            (["charge.captured", "charge.refunded"] as const).flatMap((type) =>
              charges.map(({ amount, key, orderId }) => ({ amount, key, orderId, type }))
            )
          )
        }))

      it.effect("refuses a page after a place that is none", () =>
        Effect.gen(function*() {
          yield* behave("instant")
          const ledger = yield* ProviderLedger
          assert.strictEqual((yield* Effect.flip(ledger.page("nowhere", 10)))._tag, "UnknownLedgerPlace")
        }))

      it.effect("keeps its ledger when it crashes, and stays idempotent", () =>
        Effect.gen(function*() {
          yield* behave("instant")
          const provider = yield* PaymentProvider
          const [kept, voided] = [yield* newCharge, yield* newCharge]
          const before = yield* provider.charge(kept)
          yield* provider.void(voided.key)
          const lines = yield* statement()
          yield* (yield* Bank).crash
          yield* behave("instant")
          assert.deepStrictEqual(yield* provider.charge(kept), before)
          assert.deepStrictEqual(yield* provider.charge(voided), { _tag: "Voided" })
          assert.deepStrictEqual(yield* statement(), lines)
        }))
    })
  })

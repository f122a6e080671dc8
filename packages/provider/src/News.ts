/** Turns what was written to the ledger into webhooks; by preset twice, late and therefore out of order. */
import type { ProviderEvent } from "@saucier/payment/ProviderEvent"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { LedgerEntry } from "./Ledger.ts"
import { ProviderWebhooks } from "./ProviderWebhooks.ts"

const types = {
  Captured: "charge.captured",
  Declined: "charge.declined",
  Voided: "charge.voided",
  Refunded: "charge.refunded"
} as const

const latest = 5_000

export const make = Effect.gen(function*() {
  const presets = yield* ProviderPresets
  const webhooks = yield* ProviderWebhooks
  const scope = yield* Effect.scope

  const later = (event: ProviderEvent) =>
    Random.nextIntBetween(0, latest).pipe(
      Effect.flatMap((millis) => Effect.delay(webhooks.send(event), millis)),
      Effect.forkIn(scope)
    )

  return (key: string, entry: LedgerEntry, version: number, at: DateTime.Utc) => {
    if (entry._tag === "None") return Effect.void
    const event: ProviderEvent = {
      id: `evt_${key}.${version}`,
      type: types[entry._tag],
      key,
      ...("amount" in entry ? { amount: entry.amount } : {}),
      at
    }
    return Effect.flatMap(presets.get, ({ preset }) =>
      preset === "duplicate-webhook"
        ? Effect.zipRight(later(event), Effect.asVoid(later(event)))
        : webhooks.send(event))
  }
})

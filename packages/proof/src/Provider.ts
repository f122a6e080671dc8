/** The stand-in provider, through the gateway. */
import { LedgerPage, maxLines } from "@saucier/payment/ProviderLedger"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import type { Preset } from "@saucier/payment/ProviderPresets"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import { because } from "./Broken.ts"

export const behave = (base: string, preset: Preset, lostReplyRate = 0) =>
  Ask.ask(`${base}/ops/provider/preset`, { method: "PUT", body: { preset, lostReplyRate } }).pipe(
    Effect.filterOrFail(
      ({ status }) => status === 200,
      ({ status, text }) => because(`The provider does not become ${preset}: ${status} ${text}`)
    ),
    Effect.asVoid
  )

export const ledger = (base: string) =>
  Effect.gen(function*() {
    const lines: Array<LedgerLine> = []
    for (let after: string | null = ""; after !== null;) {
      const url: string = `${base}/ops/provider/ledger?limit=${maxLines}&after=${encodeURIComponent(after)}`
      const page: LedgerPage = yield* Ask.json(LedgerPage, url)
      lines.push(...page.items)
      after = page.next
    }
    return lines
  })

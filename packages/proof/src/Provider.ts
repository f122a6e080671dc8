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

/** The ledger as far as it has come. Asked again it reads on from there: whole pages do not change any more. */
export const follow = (base: string) => {
  const whole: Array<LedgerLine> = []
  let after = ""
  return Effect.gen(function*() {
    for (;;) {
      const url = `${base}/ops/provider/ledger?limit=${maxLines}&after=${encodeURIComponent(after)}`
      const page: LedgerPage = yield* Ask.json(LedgerPage, url)
      if (page.next === null) return [...whole, ...page.items]
      whole.push(...page.items)
      after = page.next
    }
  })
}

/** The ledger, whole and read anew. */
export const ledger = (base: string) => Effect.suspend(() => follow(base))

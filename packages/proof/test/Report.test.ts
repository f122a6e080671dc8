/** A report says what was seen: no row that was not tried, and none whose system did not start, counts as shown. */
import { assert, describe, it } from "@effect/vitest"
import { because } from "@saucier/proof/Broken"
import * as Claim from "@saucier/proof/Claim"
import { atMost, equal } from "@saucier/proof/Finding"
import { Program } from "@saucier/proof/Program"
import * as ReportPage from "@saucier/proof/ReportPage"
import * as ReportRun from "@saucier/proof/ReportRun"
import * as Stage from "@saucier/proof/Stage"
import * as Effect from "effect/Effect"

const watcher: ReportRun.Watcher = { begun: () => Effect.void, done: () => Effect.void }

const claims = [
  Claim.make<string>("1.1", () => Effect.succeed({ checks: [equal("status", 201, 201)] })),
  Claim.make<string>(
    "1.2",
    () => Effect.succeed({ checks: [equal("status", 503, 503), atMost("answer", 2.5, 2, "s")] })
  ),
  Claim.make<string>("1.3", () => Effect.dieMessage("<script>")),
  Claim.make<string>("12.2", () => Effect.succeed({ checks: [] }), { quick: false })
]

const gone = Stage.make<string>(because("no such system"), [
  Claim.make<string>("2.1", () => Effect.succeed({ checks: [] }))
])

const report = (quick: boolean) =>
  ReportRun.run([[Stage.make(Effect.succeed("system"), claims)], [gone]], quick, watcher).pipe(
    Effect.provideService(Program, "none")
  )

const outcomes = ({ rows }: ReportRun.Report) =>
  Object.fromEntries(rows.map(({ id, outcome }) => [id, outcome]))

describe("a report", () => {
  it.live("holds only where every figure does, and is broken where a trial or its system is", () =>
    Effect.gen(function*() {
      const found = outcomes(yield* report(true))
      assert.strictEqual(found["1.1"], "holds")
      assert.strictEqual(found["1.2"], "broken")
      assert.strictEqual(found["1.3"], "broken")
      assert.strictEqual(found["2.1"], "broken")
    }))

  it.live("has a row for each claim; one that was not tried is not run, and says where it is shown", () =>
    Effect.gen(function*() {
      const quick = yield* report(true)
      assert.strictEqual(outcomes(quick)["12.2"], "not run")
      assert.strictEqual(outcomes(yield* report(false))["12.2"], "holds")
      for (const { detail, outcome } of quick.rows) {
        if (outcome === "not run") assert.match(detail, /^pnpm /)
      }
    }))

  it.live("is one page without anything from elsewhere, and without a script", () =>
    Effect.gen(function*() {
      const html = ReportPage.html(yield* report(true), { language: "ko", at: "today", machine: "one" })
      assert.notMatch(html, /<script|src=|href="(?!#)|url\(/)
      assert.include(html, "&lt;script&gt;")
      assert.include(html, `id="ko" checked`)
      const places = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, place]) => place)
      assert.isNotEmpty(places)
      for (const place of places) assert.include(html, `id="${place}"`)
      for (const text of ["3 of the 4 claims", "주장 4개 가운데 3개", "≤ 2 ✗", "상태 코드", "status"]) {
        assert.include(html, text)
      }
    }))
})

/** What the payment clerk does with the page, in a real browser, on a real system. */
import { assert, describe, it } from "@effect/vitest"
import * as Place from "@saucier/proof/Place"
import * as Provider from "@saucier/proof/Provider"
import axe from "axe-core"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { plant, plantOwed } from "../../apps/saucier/test/Planted.ts"
import * as World from "../cluster/World.ts"
import * as Chromium from "./Chromium.ts"
import { counted, goTo, marked, rowOf } from "./Reader.ts"
import * as System from "./System.ts"

const books = "/app/payments?status=Books"

const verdict = (page: Page, name: string) => page.locator(`[data-verdict=${name}]`).waitFor()

const violations = (page: Page) =>
  Effect.promise(async () => {
    await page.evaluate(axe.source)
    return page.evaluate(async () =>
      (await window.axe.run(document)).violations.map(({ id, nodes }) =>
        `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`
      )
    )
  })

const looks = [
  { name: "wide", colorScheme: "light", viewport: { width: 1280, height: 900 }, locale: "en-US" },
  { name: "phone", colorScheme: "dark", viewport: { width: 390, height: 844 }, locale: "ko-KR" }
] as const

describe("the payment clerk", () => {
  it.scopedLive("sees that the books agree, then what differs, settles it from there, and they agree again", () =>
    Effect.gen(function*() {
      const system = yield* System.start({ SAUCIER_PROVIDER_TIMEOUT: "2 seconds" })
      yield* system.order()
      const browser = yield* Chromium.browser
      const { faults, tab } = yield* Chromium.open(browser, { bypassCSP: true })
      const page = yield* tab
      yield* Effect.promise(async () => {
        await page.goto(`${system.base}${books}`)
        await page.locator("[data-verdict]").waitFor()
      })
      yield* Provider.behave(system.base, "hang")
      const { status } = yield* World.ask(`${system.base}/orders`, "POST", {
        branchId: "1",
        sauceId: "1",
        qty: 1,
        price: 7_000
      })
      assert.strictEqual(status, 202)
      yield* Effect.promise(async () => {
        await page.getByRole("button", { name: "Compare now" }).click()
        await page.locator("[data-finding=outcome-open]").waitFor()
        await verdict(page, "settling")
      })
      for (const { name, ...look } of looks) {
        const other = yield* Chromium.open(browser, { ...look, bypassCSP: true })
        const shown = yield* other.tab
        yield* Effect.promise(async () => {
          await shown.goto(`${system.base}${books}`)
          await shown.locator("[data-finding]").waitFor()
        })
        assert.deepStrictEqual(yield* violations(shown), [], name)
        assert.deepStrictEqual(other.faults, [])
      }
      yield* Provider.behave(system.base, "instant")
      yield* Effect.promise(async () => {
        await page.getByRole("button", { name: /^Ask the provider now: / }).click()
        await page.locator("[data-finding=outcome-open]").waitFor({ state: "detached" })
        await page.locator("[data-verdict]").waitFor()
      })
      assert.deepStrictEqual(faults, [])
    }))

  it.scopedLive("is led from the board to what needs a look, notes that somebody has looked, and is asked no more", () =>
    Effect.gen(function*() {
      const folder = yield* Place.folder
      const { orderId } = yield* plantOwed(folder)
      const system = yield* System.start({ SAUCIER_DATA_DIR: folder, SAUCIER_PROVIDER_PRESET: "down" })
      const { faults, tab } = yield* Chromium.open(yield* Chromium.browser, { bypassCSP: true })
      const [board, page] = [yield* tab, yield* tab]
      yield* Effect.promise(async () => {
        await goTo(board, `${system.base}/`)
        const mark = await marked(board)
        await counted(board, "Attention", 1)
        await board.getByRole("link", { name: /Needs attention/ }).click()
        await board.waitForURL(`${system.base}/?state=Attention`)
        await rowOf(board, orderId).getByText("Needs attention", { exact: true }).waitFor()

        await page.goto(`${system.base}/app/payments`)
        await page.getByRole("tab", { name: "Needs a look" }).click()
        await page.getByText("the provider has not given the money back").waitFor()
        await page.getByRole("button", { name: /^I have looked: / }).click()
        await page.locator("dialog textarea").fill("the bank is told")
        await page.locator("dialog").getByRole("button", { name: "I have looked" }).click()
        await page.getByText("Nobody has to look at a payment.").waitFor()

        await counted(board, "Attention", 0)
        await rowOf(board, orderId).waitFor({ state: "detached" })
        assert.strictEqual(await mark(), "yes")
      })
      assert.deepStrictEqual(yield* violations(board), [])
      assert.deepStrictEqual(faults, [])
    }))

  it.scopedLive("gives back a charge that nobody asked for, after being asked, and is told what else to do", () =>
    Effect.gen(function*() {
      const folder = yield* Place.folder
      yield* plant(folder)
      const system = yield* System.start({ SAUCIER_DATA_DIR: folder })
      const browser = yield* Chromium.browser
      for (const { name, ...look } of looks) {
        const { faults, tab } = yield* Chromium.open(browser, { ...look, bypassCSP: true })
        const page = yield* tab
        yield* Effect.promise(async () => {
          await page.goto(`${system.base}${books}`)
          await verdict(page, "differ")
        })
        assert.strictEqual(yield* Effect.promise(() => page.locator("[data-finding]").count()), 5)
        assert.deepStrictEqual(yield* violations(page), [], name)
        assert.deepStrictEqual(faults, [])
      }
      const { faults, tab } = yield* Chromium.open(browser, { bypassCSP: true })
      const page = yield* tab
      yield* Effect.promise(async () => {
        await page.goto(`${system.base}${books}`)
        await page.getByRole("button", { name: /^Give the money back: / }).click()
        await page.getByRole("dialog").getByRole("button", { name: "Give the money back" }).click()
        await page.locator("[data-finding=charged-unasked]").waitFor({ state: "detached" })
        await page.locator("[data-finding=charged-twice]").getByRole("link", { name: /^Story: / }).click()
        await page.waitForURL(/\/app\/orders\/ord_/)
      })
      assert.deepStrictEqual(faults, [])
    }))
})

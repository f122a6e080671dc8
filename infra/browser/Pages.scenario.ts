/** What people do with the page, in a real browser, on a real system. */
import { assert, describe, it } from "@effect/vitest"
import * as Provider from "@saucier/proof/Provider"
import axe from "axe-core"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import * as World from "../cluster/World.ts"
import * as Chromium from "./Chromium.ts"
import { counted, goTo, live, marked, rowOf, shardsOver } from "./Reader.ts"
import * as System from "./System.ts"

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}

const fill = async (page: Page, goods: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(goods)) await page.fill(`.place-form [name=${name}]`, value)
}

describe("an order", () => {
  it.scopedLive("is placed on the page, once for a double click, and moves to Complete without a reload", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { faults, tab } = yield* Chromium.open(yield* Chromium.browser)
      const [board, place, deliveries] = [yield* tab, yield* tab, yield* tab]
      yield* Effect.promise(async () => {
        await goTo(board, `${system.base}/`)
        const mark = await marked(board)
        await goTo(place, `${system.base}/app/place`)
        await fill(place, { branchId: "9", sauceId: "chili", qty: "3", price: "27000" })
        await place.locator(".place-form button[type=submit]").dblclick()
        await place.locator(".placed li").first().waitFor()
        await board.locator("[data-order]").first().waitFor()
        assert.strictEqual(await board.locator("[data-order]").count(), 1)
        const orderId = await board.locator("[data-order]").getAttribute("data-order") ?? ""
        await rowOf(board, orderId).getByText("Preparing", { exact: true }).first().waitFor()
        await counted(board, "Paid", 1)

        await goTo(deliveries, `${system.base}/app/deliveries`)
        await deliveries.getByRole("button", { name: /^Dispatch: / }).click()
        await counted(board, "InDelivery", 1)
        await counted(board, "Paid", 0)
        await deliveries.getByRole("tab", { name: "On the way" }).click()
        await deliveries.getByRole("button", { name: /^Delivered: / }).click()
        await rowOf(board, orderId).getByText("Complete", { exact: true }).waitFor()
        await counted(board, "InDelivery", 0)
        await counted(board, "Complete", 1)
        assert.strictEqual(await mark(), "yes")
      })
      assert.deepStrictEqual(faults, [])
    }))

  it.scopedLive("is cancelled from its story, and the refund is seen to happen", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { faults, tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      const orderId = yield* system.order()
      yield* Effect.promise(async () => {
        await goTo(page, `${system.base}/app/orders/${orderId}`)
        const mark = await marked(page)
        await page.getByRole("button", { name: /^Cancel: / }).click()
        await page.locator("dialog textarea").fill("ordered by mistake")
        await page.getByRole("button", { name: "Cancel the order" }).click()
        await page.getByText("Cancelled", { exact: true }).first().waitFor()
        await page.getByText(/Refunded/).first().waitFor()
        assert.strictEqual(await mark(), "yes")
      })
      assert.deepStrictEqual(faults, [])
    }))

  it.scopedLive("is refused by field, in the server's own words, and nothing typed is lost", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      yield* Effect.promise(async () => {
        await goTo(page, `${system.base}/app/place`)
        await fill(page, { branchId: "1", sauceId: "a b", qty: "0", price: "10000" })
        await page.locator(".place-form button[type=submit]").click()
        assert.strictEqual(await page.locator(".place-form [aria-invalid=true]").count(), 2)
        assert.strictEqual(await page.inputValue(".place-form [name=sauceId]"), "a b")
        await fill(page, { sauceId: "ab", qty: "1" })
        await page.locator(".place-form button[type=submit]").click()
        await page.locator(".placed li").first().waitFor()
      })
    }))
})

describe("the board", () => {
  it.scopedLive("shows that the breaker has opened under brownout", () =>
    Effect.gen(function*() {
      const system = yield* System.start({ SAUCIER_BREAKER_MINIMUM_CALLS: "5" })
      const { faults, tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      yield* Effect.promise(() => goTo(page, `${system.base}/`))
      yield* Provider.behave(system.base, "brownout")
      const load = Effect.forever(Effect.zipRight(
        Effect.ignore(Effect.catchAllDefect(system.order(), () => Effect.void)),
        Effect.sleep("50 millis")
      ))
      yield* Effect.raceFirst(
        Effect.promise(async () => {
          await page.locator(".breakers .segment[data-tone=bad]").first().waitFor({ state: "attached" })
          await page.locator(".breakers").getByText(/^Open/).first().waitFor()
        }),
        Effect.all([load, load, load, load, load], { concurrency: "unbounded" })
      )
      assert.deepStrictEqual(faults, [])
    }))

  it.scopedLive("goes on after the gateway was killed and started again, without gap or repeat", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      const before = yield* Effect.replicateEffect(system.order(), 5)
      yield* Effect.promise(() => goTo(page, `${system.base}/`))
      const mark = yield* Effect.promise(() => marked(page))
      const during = yield* system.order()
      yield* Effect.promise(() => rowOf(page, during).waitFor())
      yield* system.kill
      yield* Effect.promise(() => page.locator(".live[data-liveness=reconnecting]").waitFor())
      yield* system.startAgain
      const after = yield* Effect.replicateEffect(system.order(), 3)
      yield* Effect.promise(async () => {
        await live(page)
        await rowOf(page, after.at(-1) ?? "").waitFor()
        await page.waitForFunction(() => document.querySelectorAll("[data-order]").length === 9)
        const shown = await page.locator("[data-order]").evaluateAll((rows) =>
          rows.map((row) => row.getAttribute("data-order") ?? "")
        )
        assert.deepStrictEqual([...shown].sort(), [...before, during, ...after].sort())
        assert.strictEqual(await mark(), "yes")
      })
    }))

  it.scopedLive("keeps one stream for all tabs, which another takes over when its holder goes", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { context, tab } = yield* Chromium.open(yield* Chromium.browser)
      let streams = 0
      context.on("request", (request) => {
        if (new URL(request.url()).pathname === "/feed") streams++
      })
      const first = yield* tab
      yield* Effect.promise(() => goTo(first, `${system.base}/`))
      const second = yield* tab
      yield* Effect.promise(() => goTo(second, `${system.base}/`))
      const shared = yield* system.order()
      yield* Effect.promise(async () => {
        await rowOf(first, shared).waitFor()
        await rowOf(second, shared).waitFor()
        assert.strictEqual(streams, 1)
        await first.close()
      })
      const later = yield* system.order()
      yield* Effect.promise(() => rowOf(second, later).waitFor())
      assert.strictEqual(streams, 2)
    }))

  it.scopedLive("shows an order as it is by now, though it changed while its page was on its way", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { faults, tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      const changing = yield* system.order({ branchId: "7" })
      yield* Effect.promise(() => goTo(page, `${system.base}/`))
      const read = yield* Effect.makeLatch(false)
      const release = yield* Effect.makeLatch(false)
      yield* Effect.promise(async () => {
        await rowOf(page, changing).waitFor()
        await page.route("**/orderDashboards?*", async (route) => {
          const response = await route.fetch()
          await Effect.runPromise(Effect.zipRight(read.open, release.await))
          await route.fulfill({ response })
        })
        await page.locator("input.branch").fill("7")
        await Effect.runPromise(read.await)
        await page.evaluate((orderId) => {
          new BroadcastChannel("saucier.feed").addEventListener("message", ({ data }) => {
            const rows = data._tag === "changes"
              ? data.changes.map(({ row }: { readonly row: unknown }) => row)
              : []
            for (const row of rows) {
              if (row.orderId === orderId && row.state === "Cancelled") {
                document.body.setAttribute("data-told", "yes")
              }
            }
          })
        }, changing)
      })
      yield* World.ask(`${system.base}/orders/${changing}/cancel`, "POST", { reason: "meanwhile" })
      yield* Effect.promise(async () => {
        await page.locator("body[data-told=yes]").waitFor()
        await page.evaluate(() =>
          new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
        )
        await Effect.runPromise(release.open)
        await rowOf(page, changing).getByText("Cancelled", { exact: true }).waitFor()
      })
      assert.deepStrictEqual(faults, [])
    }))

  it.scopedLive("shows what its address says, and says in its address what it shows", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      const one = yield* system.order({ branchId: "1" })
      const two = yield* system.order({ branchId: "2" })
      yield* Effect.promise(async () => {
        await goTo(page, `${system.base}/?branch=2`)
        await rowOf(page, two).waitFor()
        assert.strictEqual(await rowOf(page, one).count(), 0)
        await page.locator("input.branch").fill("")
        await rowOf(page, one).waitFor()
        await page.waitForURL(`${system.base}/`)
        await page.locator("input[type=search]").fill(one.slice(-6))
        await page.waitForURL(/q=/)
        await page.reload()
        await rowOf(page, one).waitFor()
        assert.strictEqual(await rowOf(page, two).count(), 0)
      })
    }))

  it.scopedLive("is used without a mouse: to the form, an order, and into its story", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      const tabTo = async (selector: string) => {
        for (let pressed = 0; pressed < 60; pressed++) {
          await page.keyboard.press("Tab")
          if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
            return
          }
        }
        assert.fail(`Tab never comes to ${selector}`)
      }
      yield* Effect.promise(async () => {
        await goTo(page, `${system.base}/`)
        await tabTo("nav a[href=\"/app/place\"]")
        await page.keyboard.press("Enter")
        await page.locator(".place-form").waitFor()
        for (const [name, value] of [["branchId", "1"], ["sauceId", "1"], ["qty", "2"], ["price", "2000"]]) {
          await tabTo(`[name=${name}]`)
          await page.keyboard.type(value ?? "")
        }
        await page.keyboard.press("Enter")
        await page.locator(".placed li").first().waitFor()
        await tabTo(".placed a")
        await page.keyboard.press("Enter")
        await page.waitForURL(/\/app\/orders\/ord_/)
        await page.locator("h1:focus").waitFor()
      })
    }))
})

describe("the map of the system", () => {
  it.scopedLive("shows shards move to a runner that comes, and who lives in one", () =>
    Effect.gen(function*() {
      const { base, control } = yield* World.start()
      const { faults, tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      yield* Effect.promise(async () => {
        await goTo(page, `${base}/app/system`)
        await shardsOver(page, "Order", 1)
      })
      const mark = yield* Effect.promise(() => marked(page))
      yield* control.scale({ path: { service: "order" }, payload: { processes: 2 } })
      yield* Effect.promise(async () => {
        await shardsOver(page, "Order", 2)
        await page.locator(".shard").first().click()
        await page.locator("dialog[open] h2").waitFor()
        await page.keyboard.press("Escape")
        await page.locator("dialog[open]").waitFor({ state: "detached" })
        assert.strictEqual(await mark(), "yes")
      })
      assert.deepStrictEqual(faults, [])
    }))
})

describe("every page", () => {
  it.scopedLive("speaks the reader's language and keeps it", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { tab } = yield* Chromium.open(yield* Chromium.browser, { locale: "ko-KR" })
      const page = yield* tab
      yield* Effect.promise(async () => {
        await goTo(page, `${system.base}/app/place`)
        assert.strictEqual(await page.getAttribute("html", "lang"), "ko")
        await page.getByRole("heading", { name: "주문하기" }).waitFor()
        await page.getByLabel("언어").selectOption("en")
        await page.getByRole("heading", { name: "Place an order" }).waitFor()
        await page.reload()
        await page.getByRole("heading", { name: "Place an order" }).waitFor()
        assert.strictEqual(await page.getAttribute("html", "lang"), "en")
      })
    }))

  it.scopedLive("is without a fault that axe finds, in light and dark, wide and narrow, and asks nobody else", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const browser = yield* Chromium.browser
      const orderId = yield* system.order()
      const cancelled = yield* system.order()
      yield* Provider.behave(system.base, "down")
      yield* World.ask(`${system.base}/orders/${cancelled}/cancel`, "POST", { reason: "late" })
      const paths = [
        "/",
        "/app/place",
        "/app/deliveries",
        "/app/payments?status=RefundRequested",
        "/app/system",
        "/app/chaos",
        `/app/orders/${orderId}`
      ]
      const looks = [
        { colorScheme: "light", viewport: { width: 1280, height: 900 }, locale: "en-US" },
        { colorScheme: "dark", viewport: { width: 390, height: 844 }, locale: "ko-KR" }
      ] as const
      for (const look of looks) {
        const { context, faults, tab } = yield* Chromium.open(browser, { ...look, bypassCSP: true })
        const strangers: Array<string> = []
        context.on("request", (request) => {
          if (!request.url().startsWith(system.base)) strangers.push(request.url())
        })
        const page = yield* tab
        for (const path of paths) {
          const violations = yield* Effect.promise(async () => {
            await goTo(page, `${system.base}${path}`)
            await page.waitForTimeout(1_500)
            await page.evaluate(axe.source)
            return page.evaluate(async () => {
              const { violations } = await window.axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
              })
              return violations.map(({ id, nodes }) =>
                `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`
              )
            })
          })
          assert.deepStrictEqual(violations, [], `${look.colorScheme} ${path}`)
        }
        assert.deepStrictEqual(faults, [], look.colorScheme)
        assert.deepStrictEqual(strangers, [])
      }
    }))
})

/** What somebody breaks from the page, and sees not broken. */
import { assert, describe, it } from "@effect/vitest"
import * as AuthKeys from "@saucier/runtime/AuthKeys"
import * as Effect from "effect/Effect"
import { endedByThemselves, faults, holds, press } from "./ChaosPanel.ts"
import * as Chromium from "./Chromium.ts"
import { goTo, marked } from "./Reader.ts"
import * as System from "./System.ts"

/** The state of a system whose orders have two processes of their own, one of which was killed. */
const withOrders = (state: object) => {
  const holds = ["P1", "P5"]
  const meanwhile = ["slow"]
  const kill = { kind: "kill", service: "order" }
  const pause = { kind: "pause", service: "order", seconds: 30 }
  const scale = { kind: "scale", service: "order", processes: 1, seconds: 30 }
  return {
    ...state,
    services: [{
      service: "order",
      wanted: 2,
      can: ["kill", "pause", "scale"],
      processes: [{ index: 1, state: "ready" }, { index: 2, state: "waiting" }]
    }],
    offers: [kill, pause, scale].map((strike) => ({ strike, holds, meanwhile })),
    faults: [{
      id: "kill-1",
      strike: kill,
      index: 2,
      startedAt: 0,
      endsAt: null,
      phase: "under-way",
      holds,
      meanwhile
    }]
  }
}

describe("the chaos page", () => {
  it.scopedLive("brings orders at a steady rate, and they show on the board", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { faults: complaints, tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      yield* Effect.promise(async () => {
        await goTo(page, `${system.base}/`)
        await page.getByRole("navigation").getByRole("link", { name: "Chaos" }).click()
        await page.getByLabel("Lasts").selectOption("10")
        await press(page, "load 10")
        await faults(page, "load 10").waitFor()
        await page.locator(".load[data-running=true]").waitFor()
        await faults(page, "load 10").getByText("nothing lost").waitFor()
        await faults(page, "load 10").locator("[data-verdict=holds]").waitFor()
        await endedByThemselves(page)
        await holds(page, 50)
        await page.locator("[data-counter=lost] a").click()
        await page.waitForFunction(() => document.querySelectorAll("[data-order]").length >= 10)
      })
      assert.deepStrictEqual(complaints, [])
    }))

  it.scopedLive("lets the bank grow slow: the breaker opens, it ends by itself, and every promise holds", () =>
    Effect.gen(function*() {
      // On a machine that is busy, time in which the process stood still is not the bank's: half a brownout is slow enough.
      const system = yield* System.start({
        SAUCIER_BREAKER_MINIMUM_CALLS: "5",
        SAUCIER_BREAKER_SLOW_CALL: "300 millis"
      })
      const { faults: complaints, tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      yield* Effect.promise(async () => {
        await goTo(page, `${system.base}/app/chaos`)
        const mark = await marked(page)
        await press(page, "load 10")
        await press(page, "preset brownout")
        await page.locator("[data-strike=\"preset brownout\"][aria-pressed=true]").waitFor()
        await page.locator(".breakers .segment[data-tone=bad]").first().waitFor({ state: "attached" })
        await endedByThemselves(page)
        await page.locator("[data-strike=\"preset brownout\"][aria-pressed=false]").waitFor()
        await page.getByText("Now: Instant").waitFor()
        await holds(page, 5)
        assert.strictEqual(await mark(), "yes")
      })
      assert.deepStrictEqual(complaints, [])
    }))

  it.scopedLive("offers what each process can take, and asks for it once for each press", () =>
    Effect.gen(function*() {
      const system = yield* System.start()
      const { faults: complaints, tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      const asked: Array<unknown> = []
      yield* Effect.promise(async () => {
        await page.route("**/ops/chaos", async (route) => {
          if (route.request().method() === "POST") {
            asked.push(route.request().postDataJSON())
            return route.fulfill({ json: {} })
          }
          const response = await route.fetch()
          return route.fulfill({ response, json: withOrders(await response.json()) })
        })
        await goTo(page, `${system.base}/app/chaos`)
        await page.locator("[data-process=order-2][data-state=waiting]").waitFor()
        await faults(page, "kill order").getByText("Kill -9: order-2").waitFor()
        await press(page, "pause order")
        await page.getByLabel("Lasts").selectOption("60")
        await press(page, "scale order")
        await press(page, "kill order")
        await page.getByRole("button", { name: "End all" }).click()
        await page.waitForTimeout(500)
      })
      assert.deepStrictEqual(asked, [
        { kind: "pause", service: "order", seconds: 30 },
        { kind: "scale", service: "order", processes: 1, seconds: 60 },
        { kind: "end", fault: "kill-1" },
        { kind: "end" }
      ])
      assert.deepStrictEqual(complaints, [])
    }))

  it.scopedLive("is not there where people have to say who they are", () =>
    Effect.gen(function*() {
      const key = "sk_of-an-operator"
      const system = yield* System.start({ SAUCIER_AUTH_KEYS: `ann:operator:${AuthKeys.hashOf(key)}` })
      const { tab } = yield* Chromium.open(yield* Chromium.browser)
      const page = yield* tab
      yield* Effect.promise(async () => {
        await page.goto(`${system.base}/`)
        await page.getByLabel("Key").fill(key)
        await page.keyboard.press("Enter")
        const navigation = page.getByRole("navigation")
        await navigation.getByRole("link", { name: "System" }).waitFor()
        assert.strictEqual(await navigation.getByRole("link", { name: "Chaos" }).count(), 0)
        await page.goto(`${system.base}/app/chaos`)
        await page.getByText(/take the keys out/).waitFor()
        assert.strictEqual(await page.locator("[data-strike]").count(), 0)
      })
    }))
})

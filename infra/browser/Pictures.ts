/**
 * `pnpm picture:page`: the pictures of the page in docs/images, taken of a real cluster at work. Needs Chromium: on the PATH,
 * or where SAUCIER_CHROMIUM says.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Callers from "@saucier/proof/Callers"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"
import * as World from "../cluster/World.ts"
import * as Chromium from "./Chromium.ts"

const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url))

const goods = [
  { branchId: "gangnam", sauceId: "gochujang", qty: 12, price: 86_400 },
  { branchId: "hongdae", sauceId: "ssamjang", qty: 6, price: 27_000 },
  { branchId: "jeju", sauceId: "yangnyeom", qty: 20, price: 118_000 },
  { branchId: "busan", sauceId: "ganjang", qty: 8, price: 33_600 },
  { branchId: "daegu", sauceId: "chili-garlic", qty: 4, price: 22_800 }
]

const settle = 2_500

const shoot = (page: Page, url: string, name: string) =>
  Effect.promise(async () => {
    await page.goto(url)
    await page.locator(".live[data-liveness=live]").waitFor()
    await page.waitForTimeout(settle)
    await page.screenshot({ path: `${folder}${name}.png` })
  }).pipe(Effect.zipRight(Console.log(`${folder}${name}.png`)))

Effect.gen(function*() {
  const { base } = yield* World.start({
    counts: { order: 2, payment: 2 },
    settings: { SAUCIER_PROVIDER_PRESET: "healthy", SAUCIER_BREAKER_MINIMUM_CALLS: "10" }
  })
  const orders = yield* Effect.forEach(
    Array.from({ length: 40 }, (_, n) => goods[n % goods.length]),
    (body, n) => Callers.insist(base, `picture-${n}`, body),
    { concurrency: 6 }
  )
  const ids = orders.flat().filter(Callers.isAcknowledged).map(({ orderId }) => orderId)
  const step = (id: string, status: string) =>
    World.ask(`${base}/deliveries/${id.replace("ord_", "dlv_")}`, "PATCH", { status })
  yield* World.until(
    World.ask(`${base}/orderDashboards/${ids.at(-1)}`),
    ({ text }) => text.includes(`"deliveryStatus":"Preparing"`)
  )
  yield* Effect.forEach(ids.slice(0, 24), (id) => step(id, "Dispatched"), { concurrency: 4 })
  yield* Effect.forEach(ids.slice(0, 16), (id) => step(id, "Delivered"), { concurrency: 4 })
  yield* Effect.forEach(ids.slice(22, 24), (id) => step(id, "Failed"))
  yield* Effect.forEach(
    ids.slice(-3),
    (id) => World.ask(`${base}/orders/${id}/cancel`, "POST", { reason: "ordered twice" })
  )
  yield* World.behave({ base }, "brownout")
  // Named branches go on ordering, one order after the other each, whatever they are answered.
  const branch = (nth: number, times: number): Effect.Effect<never> =>
    Effect.zipRight(
      Callers.order(base, `branch-${nth}-${times}`, goods[(nth + times) % goods.length]),
      Effect.suspend(() => Effect.delay(branch(nth, times + 1), "100 millis"))
    )
  yield* Effect.forEach([0, 1, 2, 3, 4, 5], (nth) => Effect.forkScoped(branch(nth, 0)))
  yield* Effect.sleep("14 seconds")
  yield* World.behave({ base }, "healthy")
  yield* Effect.sleep("25 seconds")

  const browser = yield* Chromium.browser
  const light = yield* Chromium.open(browser, {
    colorScheme: "light",
    viewport: { width: 1280, height: 820 }
  })
  const dark = yield* Chromium.open(browser, { colorScheme: "dark", viewport: { width: 1280, height: 900 } })
  yield* shoot(yield* light.tab, `${base}/`, "dashboard")
  yield* shoot(yield* dark.tab, `${base}/app/orders/${ids.at(-1)}`, "story")
  yield* shoot(yield* light.tab, `${base}/app/system`, "system")
}).pipe(Effect.scoped, NodeRuntime.runMain)

/** What somebody breaks from the page of a cluster of real processes, and sees not broken. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import * as World from "../cluster/World.ts"
import { endedByThemselves, faults, holds, isOver, press } from "./ChaosPanel.ts"
import * as Chromium from "./Chromium.ts"
import { goTo, marked, shardsOver } from "./Reader.ts"

/** What a browser says of a gateway that is away; the page has to live with it. */
const isOfAGatewayThatIsAway = (complaint: string) => /Failed to load resource|net::ERR_/.test(complaint)

const lasting = (page: Page, seconds: number) => page.getByLabel("Lasts").selectOption(`${seconds}`)

const order2 = (page: Page, state = "") => page.locator(`[data-process=order-2]${state}`)

describe("the chaos page of a cluster", () => {
  it.scopedLive(
    "kills, pauses and scales services under load: it ends by itself, and every promise holds",
    () =>
      Effect.gen(function*() {
        const { base, processes } = yield* World.start()
        const [before] = yield* processes("order")
        const { faults: complaints, tab } = yield* Chromium.open(yield* Chromium.browser)
        const [page, map] = [yield* tab, yield* tab]
        yield* Effect.promise(async () => {
          await goTo(map, `${base}/app/system`)
          await goTo(page, `${base}/app/chaos`)
          const mark = await marked(page)
          await lasting(page, 120)
          await press(page, "load 1")
          await page.locator(".load[data-running=true]").waitFor()

          for (const service of ["order", "gateway"]) {
            await press(page, `kill ${service}`)
            await isOver(page, `Kill -9: ${service}-1`)
          }

          await lasting(page, 10)
          await press(page, "pause order")
          const pause = faults(page, "pause order")
          await pause.getByText("one writer").waitFor()
          await pause.locator("[data-verdict=holds]").waitFor()
          await page.locator("[data-process=order-1][data-state=paused]").waitFor()
          await isOver(page, "Pause: order-1")

          await shardsOver(map, "Order", 1)
          await lasting(page, 30)
          await press(page, "scale order")
          await order2(page, "[data-state=ready]").waitFor()
          await shardsOver(map, "Order", 2)
          await order2(page).waitFor({ state: "detached" })
          await shardsOver(map, "Order", 1)

          await endedByThemselves(page)
          await page.locator("[data-counter=settling] .count").getByText("0", { exact: true }).waitFor()
          await holds(page, 20)
          assert.strictEqual(await page.locator(".faults .trouble").count(), 0)
          assert.strictEqual(await mark(), "yes")
        })
        const [after] = yield* processes("order")
        assert.notStrictEqual(after?.pid, before?.pid)
        assert.deepStrictEqual(complaints.filter((complaint) => !isOfAGatewayThatIsAway(complaint)), [])
      }),
    600_000
  )
})

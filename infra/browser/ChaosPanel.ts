/** The chaos page in the hands of somebody who breaks things with it. */
import { assert } from "@effect/vitest"
import type { Page } from "playwright-core"

export const press = (page: Page, strike: string) => page.locator(`button[data-strike="${strike}"]`).click()

export const faults = (page: Page, strike: string) => page.locator(`.fault[data-fault="${strike}"]`)

export const endedByThemselves = (page: Page) =>
  page.waitForFunction(() => document.querySelectorAll(".fault").length === 0)

/** The counters have been read to the end, and are as promised; of so many acknowledged orders at least. */
export const holds = async (page: Page, acknowledged: number) => {
  await page.waitForFunction((least) => {
    const text = document.querySelector("[data-counter=lost] a")?.textContent ?? ""
    return Number(text.replaceAll(/\D/g, "")) >= least
  }, acknowledged)
  const shown = await page.locator(".counter[data-tone]").evaluateAll((all) =>
    all.map((each) =>
      `${each.getAttribute("data-counter")} ${each.querySelector(".count")?.textContent} ${
        each.getAttribute("data-tone")
      }`
    )
  )
  assert.deepStrictEqual(shown, ["lost 0 good", "doubled 0 good", "unordered 0 good"])
}

/** What has ended, by its name on the page. */
export const isOver = (page: Page, name: string) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll(".faults details li")].some(({ textContent }) =>
        textContent?.includes(wanted)
      ),
    name
  )

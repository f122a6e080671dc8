/** What somebody who reads the page does with it. */
import type { Locator, Page } from "playwright-core"

export const rowOf = (page: Page, orderId: string): Locator => page.locator(`[data-order="${orderId}"]`)

/** The count that a tile of the board shows. */
export const counted = (page: Page, tile: string, count: number) =>
  page.locator(`[data-tile="${tile}"] .count`).getByText(`${count}`, { exact: true }).waitFor()

/** Once every shard of a context has a runner, and so many runners share them. */
export const shardsOver = (page: Page, context: string, runners: number) =>
  page.waitForFunction(({ context, runners }) => {
    const row = document.querySelector(`.shards[aria-label=${context}]`)
    const those = Array.from(
      row?.querySelectorAll(".shard") ?? [],
      (each) => each.getAttribute("data-runner")
    )
    return those.length === 64 && !those.includes(null) && new Set(those).size === runners
  }, { context, runners })

export const live = (page: Page) => page.locator(".live[data-liveness=live]").waitFor()

export const goTo = async (page: Page, url: string) => {
  await page.goto(url)
  await live(page)
}

/** An open page that must not be loaded again: a mark that a reload would lose. */
export const marked = async (page: Page) => {
  await page.evaluate(() => document.body.setAttribute("data-loaded-once", "yes"))
  return () => page.evaluate(() => document.body.getAttribute("data-loaded-once"))
}

/** What somebody who reads the page does with it. */
import type { Locator, Page } from "playwright-core"

export const rowOf = (page: Page, orderId: string): Locator => page.locator(`[data-order="${orderId}"]`)

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

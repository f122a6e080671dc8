/**
 * `pnpm bench:page [minutes]`: what the page costs in a real Chromium. First load and the time until orders show, on a real system;
 * frames and the lag from event to pixel with a hundred thousand rows and 200 new orders a second, on a rig; the heap meanwhile.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Stats from "@saucier/proof/Stats"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import process from "node:process"
import type { Page } from "playwright-core"
import * as Chromium from "./Chromium.ts"
import * as Rig from "./Rig.ts"
import * as System from "./System.ts"

const loads = 5
const rate = 200
const seconds = 20

const load = (page: Page, url: string) =>
  Effect.promise(async () => {
    let script = 0
    const sizes: Array<Promise<void>> = []
    page.on("requestfinished", (request) => {
      if (!new URL(request.url()).pathname.endsWith(".js")) return
      sizes.push(
        request.sizes().then(({ responseBodySize }) => {
          script += responseBodySize
        })
      )
    })
    await page.goto(url)
    await page.locator("[data-order]").first().waitFor()
    const shown = await page.evaluate(() => performance.now())
    await page.waitForTimeout(1_500)
    await Promise.all(sizes)
    return { script, shown }
  })

/** Goes down until all rows are loaded. */
const loadAll = (page: Page) =>
  Effect.promise(async () => {
    await page.locator("[data-order] a").first().focus()
    const scroller = page.locator(".orders-scroller")
    for (;;) {
      const text = await page.locator(".orders-head .muted").first().innerText()
      if (text.includes("100,000")) break
      await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await page.waitForTimeout(15)
    }
    await scroller.evaluate((element) => element.scrollTo(0, 0))
    await page.waitForTimeout(1_000)
  })

interface Watched {
  readonly frames: number
  readonly longest: number
  readonly lags: ReadonlyArray<number>
  readonly heap: number
}

/** Frames of some seconds, and for each new row how old its change was in the frame that showed it; in milliseconds. */
const watch = (page: Page, millis: number): Promise<Watched> =>
  page.evaluate((millis) =>
    new Promise<Watched>((resolve) => {
      const lags: Array<number> = []
      const seen = new Set<string>()
      let frames = 0
      let longest = 0
      const began = performance.now()
      let before = began
      const frame = (at: number) => {
        frames++
        longest = Math.max(longest, at - before)
        before = at
        for (const row of document.querySelectorAll("[data-order]")) {
          const id = row.getAttribute("data-order") ?? ""
          if (seen.has(id)) continue
          seen.add(id)
          const changed = row.querySelector("time")?.getAttribute("datetime") ?? ""
          const lag = performance.timeOrigin + performance.now() - Date.parse(changed)
          if (lag < 30_000) lags.push(lag)
        }
        if (at - began < millis) return void requestAnimationFrame(frame)
        const heap = Reflect.get(performance, "memory")?.usedJSHeapSize ?? 0
        resolve({ frames: (frames * 1000) / (at - began), longest, lags, heap })
      }
      for (const row of document.querySelectorAll("[data-order]")) {
        seen.add(row.getAttribute("data-order") ?? "")
      }
      requestAnimationFrame(frame)
    }), millis)

const median = (values: ReadonlyArray<number>) => Stats.of(values).p50

Effect.gen(function*() {
  const minutes = Number(process.argv[2] ?? 0)
  const system = yield* System.start()
  yield* Effect.replicateEffect(system.order(), 30)
  const browser = yield* Chromium.browser
  const first = yield* Effect.replicateEffect(
    Effect.scoped(Effect.gen(function*() {
      const { tab } = yield* Chromium.open(browser)
      return yield* load(yield* tab, `${system.base}/`)
    })),
    loads
  )
  yield* Console.log(
    `first load: ${
      (median(first.map(({ script }) => script)) / 1000).toFixed(1)
    } kB of JavaScript as sent, ` +
      `orders shown after ${median(first.map(({ shown }) => shown)).toFixed(0)} ms (median of ${loads})`
  )
  const rig = yield* Rig.start(system.base)
  const { tab } = yield* Chromium.open(browser)
  const page = yield* tab
  // The loader of this file names functions by a helper, which the page does not have.
  yield* Effect.promise(() => page.addInitScript("globalThis.__name = (named) => named"))
  yield* Effect.promise(() => page.goto(`${rig.url}/`))
  yield* Effect.promise(() => page.locator("[data-order]").first().waitFor())
  yield* loadAll(page)
  const still = yield* Effect.promise(() => watch(page, 3_000))
  rig.flow(rate)
  const told = (name: string, { frames, heap, lags, longest }: Watched) => {
    const { p50, p99 } = Stats.of(lags)
    return Console.log(
      `${name}: ${frames.toFixed(1)} frames a second, the longest ${
        longest.toFixed(0)
      } ms; event to pixel p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms of ${lags.length}; heap ${
        (heap / 1e6).toFixed(0)
      } MB`
    )
  }
  yield* Console.log(`${Rig.size} rows at rest: ${still.frames.toFixed(1)} frames a second`)
  yield* Effect.flatMap(
    Effect.promise(() => watch(page, seconds * 1_000)),
    (watched) => told(`${Rig.size} rows, ${rate} orders/s for ${seconds} s`, watched)
  )
  for (let minute = 1; minute <= minutes; minute++) {
    const watched = yield* Effect.promise(() => watch(page, 60_000))
    yield* told(`minute ${minute}`, watched)
  }
}).pipe(Effect.scoped, NodeRuntime.runMain)

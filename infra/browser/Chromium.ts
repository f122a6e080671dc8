/** A headless Chromium: from the PATH, or where SAUCIER_CHROMIUM says. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core"
import * as Child from "../bench/Child.ts"

const onPath = Effect.map(
  Child.run("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]),
  (printed) => printed.trim()
)

export const browser = Effect.gen(function*() {
  const executablePath = yield* Effect.orElse(Config.string("SAUCIER_CHROMIUM"), () => onPath)
  return yield* Effect.acquireRelease(
    Effect.promise(() =>
      chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] })
    ),
    (browser) => Effect.promise(() => browser.close())
  )
})

const quiet = { locale: "en-US", viewport: { width: 1280, height: 900 } }

/** A browser's window with a cookie jar of its own. `faults` collects what the pages complain of in their console. */
export const open = (browser: Browser, options: BrowserContextOptions = {}) =>
  Effect.gen(function*() {
    const context = yield* Effect.acquireRelease(
      Effect.promise(() => browser.newContext({ ...quiet, ...options })),
      (context) => Effect.promise(() => context.close())
    )
    // On a machine that is busy everything takes its time; a test that waits in vain ends by its own limit.
    context.setDefaultTimeout(120_000)
    const faults: Array<string> = []
    const tab: Effect.Effect<Page> = Effect.promise(async () => {
      const page = await context.newPage()
      page.on("pageerror", (error) => faults.push(String(error)))
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") faults.push(message.text())
      })
      return page
    })
    return { context, faults, tab }
  })

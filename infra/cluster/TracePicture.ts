/**
 * `pnpm picture:trace`: docs/images/trace.png, the trace of an order that went through every service in a process of its own,
 * as the page shows it. Needs Chromium: on the PATH, or where SAUCIER_CHROMIUM says.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fileURLToPath } from "node:url"
import * as Chromium from "../browser/Chromium.ts"
import * as World from "./World.ts"

const path = fileURLToPath(new URL("../../docs/images/trace.png", import.meta.url))
const height = 900

const Placed = Schema.parseJson(Schema.Struct({ id: Schema.String }))

Effect.gen(function*() {
  const { base } = yield* World.start({ settings: { SAUCIER_PROVIDER_PRESET: "healthy" } })
  const place = Effect.map(
    World.ask(`${base}/orders`, "POST", { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }),
    ({ text }) => Schema.decodeUnknown(Placed)(text)
  ).pipe(Effect.flatten)
  yield* World.until(Effect.either(place), ({ _tag }) => _tag === "Right")
  yield* Effect.replicateEffect(place, 20)
  // More traces than ten a second are for a collector.
  yield* Effect.sleep("2 seconds")
  const { id } = yield* place
  yield* Effect.sleep("2 seconds")
  const page = yield* Effect.flatMap(
    Chromium.browser,
    (browser) => Effect.promise(() => browser.newPage({ viewport: { width: 1200, height } }))
  )
  yield* Effect.promise(async () => {
    await page.goto(`${base}/app/orders/${id}`)
    await page.getByText("POST /orders").waitFor()
    const box = await page.locator("section[aria-labelledby=trace-title]").boundingBox()
    if (box === null) throw new Error("The page shows no trace")
    await page.setViewportSize({ width: 1200, height: Math.ceil(box.y + box.height) })
    await page.screenshot({ path, clip: { ...box, height: Math.min(box.height, height) } })
  })
  yield* Console.log(path)
}).pipe(Effect.scoped, NodeRuntime.runMain)

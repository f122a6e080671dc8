/** One mix of engines; `pnpm test:cluster Polyglot` has the others. */
import { describe, it } from "@effect/vitest"
import * as Polyglot from "./PolyglotTrial.ts"

describe("orders are paid, delivered, cancelled and shown through a kill of the process and a crash of the server", () => {
  it.scopedLive(
    "deliveries and the dashboard on PostgreSQL, the rest on SQLite",
    () => Polyglot.story(["delivery", "dashboard"])
  )
})

/** Acceptance 11.1 in one process, on each engine and on both the other way round than in the tests of every run. */
import { describe, it } from "@effect/vitest"
import * as Polyglot from "../../apps/saucier/test/PolyglotTrial.ts"

describe("orders are paid, delivered, cancelled and shown through a kill of the process and a crash of the server", () => {
  for (
    const [where, onServer] of [
      ["all on SQLite", []],
      ["all on PostgreSQL", Polyglot.contexts],
      ["orders and payments on PostgreSQL, the rest on SQLite", ["order", "payment"]]
    ] as const
  ) {
    it.scopedLive(where, () => Polyglot.story(onServer))
  }
})

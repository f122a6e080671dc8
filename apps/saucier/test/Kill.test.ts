/** The whole trial, 500 orders and twenty kills, is part of `pnpm test:crash`. */
import { describe } from "@effect/vitest"
import { survives } from "./KillTrial.ts"

describe("while the process is killed", () => {
  survives(100, 4)
})

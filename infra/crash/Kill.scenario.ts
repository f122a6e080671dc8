import { describe } from "@effect/vitest"
import { survives } from "../../apps/saucier/test/KillTrial.ts"

describe("while the process is killed", () => {
  survives(500, 20)
})

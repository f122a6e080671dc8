/** kill -9 at points, a test for each, and what came of all of them. */
import { afterAll, assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type Point, titleOf } from "./Points.ts"
import * as Trial from "./Trial.ts"

export const kills = (points: ReadonlyArray<Point>) =>
  describe.concurrent("killed", () => {
    const verdicts: Array<Trial.Verdict> = []

    afterAll(() => {
      const names = new Set(verdicts.map(({ point }) => point.name))
      const violations = verdicts.flatMap(({ complaints }) => complaints).length
      const orders = verdicts.reduce((sum, verdict) => sum + verdict.orders, 0)
      const healed = Math.max(0, ...verdicts.map(({ healed }) => healed))
      process.stdout.write(
        `\ncrash points: ${names.size}, kills: ${verdicts.length}, orders: ${orders}, violations: ${violations}, ` +
          `longest until the books agreed: ${healed.toFixed(1)} s\n`
      )
    })

    for (const point of points) {
      it.live(
        `${titleOf(point)}, it loses nothing and doubles nothing`,
        () =>
          Effect.map(Trial.run(point), (verdict) => {
            verdicts.push(verdict)
            assert.deepStrictEqual(verdict.complaints, [])
          }),
        { timeout: 240_000 }
      )
    }
  })

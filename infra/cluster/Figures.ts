/** Figures of a scenario, printed as they come and kept in reports/. */
import * as Effect from "effect/Effect"
import * as Report from "../bench/Report.ts"

export const note = (row: string, figures: Readonly<Record<string, unknown>>) =>
  Effect.suspend(() => {
    const text = Object.entries(figures).map(([name, value]) =>
      `${name} ${typeof value === "number" ? Math.round(value * 100) / 100 : JSON.stringify(value)}`
    )
    return Effect.zipRight(
      Report.print(`  ${row}: ${text.join(", ")}`),
      Report.save(`cluster-${row}.json`, figures)
    )
  })

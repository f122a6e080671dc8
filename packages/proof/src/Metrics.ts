/** Figures in Prometheus' text form. */
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"

export interface Metrics {
  /** The sum over all series of this name with these labels; 0 when there is none. */
  readonly sum: (name: string, ...labels: ReadonlyArray<string>) => number
  /** How many series of this name there are. */
  readonly count: (name: string) => number
}

export const read = (base: string): Effect.Effect<Metrics> =>
  Effect.map(Ask.ask(`${base}/metrics`), ({ text }) => {
    const lines = text.split("\n").filter((line) => !line.startsWith("#"))
    const named = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    return {
      count: (name) => named(name).length,
      sum: (name, ...labels) =>
        named(name).filter((line) => labels.every((label) => line.includes(label)))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0)
    }
  })

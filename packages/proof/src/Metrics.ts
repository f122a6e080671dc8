/** Figures in Prometheus' text form. */
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"

export interface Metrics {
  /** The sum over all series of this name with these labels; 0 when there is none. */
  readonly sum: (name: string, ...labels: ReadonlyArray<string>) => number
  readonly has: (name: string) => boolean
}

export const read = (base: string): Effect.Effect<Metrics> =>
  Effect.map(Ask.ask(`${base}/metrics`), ({ text }) => {
    const lines = text.split("\n").filter((line) => !line.startsWith("#"))
    const named = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    return {
      has: (name) => named(name).length > 0,
      sum: (name, ...labels) =>
        named(name).filter((line) => labels.every((label) => line.includes(label)))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0)
    }
  })

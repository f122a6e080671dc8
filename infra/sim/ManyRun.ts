/** Many seeds on all processors, then what they went through and what they broke. */
import { round } from "@saucier/proof/Stats"
import * as Sometimes from "@saucier/simulation/Sometimes"
import * as Effect from "effect/Effect"
import { availableParallelism } from "node:os"
import { because } from "../bench/Failure.ts"
import { print, save, table } from "../bench/Report.ts"
import * as Bundle from "./Bundle.ts"
import type { Options } from "./Options.ts"
import * as Progress from "./Progress.ts"
import type { Report } from "./Task.ts"
import * as Workers from "./Workers.ts"

/** Every tenth seed runs twice: its hashes must agree. */
const sample = 10

/** So many seeds must have gone down every rare path together. */
const enough = 200

/** Each failing seed costs up to sixty runs to shrink. */
const shrunk = 5

const isReport = (answer: { readonly _tag: string }): answer is Report => answer._tag === "Report"

const tally = (entries: Iterable<readonly [name: string, times: number]>) => {
  const all = new Map<string, number>()
  for (const [name, times] of entries) all.set(name, (all.get(name) ?? 0) + times)
  return all
}

const byCount = (all: ReadonlyMap<string, number>) => [...all].sort(([, a], [, b]) => b - a)

/** Each violation of a seed, then the faults that it takes and how to see it again. */
const explain = (pool: Workers.Workers, { seed, violations }: Report, sqlite: boolean) =>
  Effect.gen(function*() {
    yield* print(`\nseed ${seed}`)
    for (const { check, detail, subject } of violations.slice(0, 5)) {
      yield* print(`  ✗ ${check}: ${subject}: ${detail}`)
    }
    if (violations.length > 5) yield* print(`  … and ${violations.length - 5} more`)
    const fewest = yield* pool.ask({ _tag: "Shrink", seed, sqlite })
    if (fewest._tag !== "Shrunk") return
    yield* print(
      fewest.kept.length === 0
        ? "  It takes no fault at all."
        : `  The fewest faults that it takes:\n${fewest.kept.map((fault) => `    ${fault}`).join("\n")}`
    )
    const without = fewest.without.length === 0 ? "" : ` --without ${fewest.without.join(",")}`
    yield* print(`  pnpm sim --seed ${seed}${sqlite ? " --sqlite" : ""}${without}`)
  })

export const run = ({ from, seeds, sqlite, workers = availableParallelism() }: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const pool = yield* Workers.make(Math.min(workers, seeds), yield* Bundle.make())
    const began = performance.now()
    const reports = yield* Progress.during("worlds", seeds, (shown) => {
      let failed = 0
      return Effect.forEach(
        Array.from({ length: seeds }, (_, index) => from + index),
        (seed) =>
          pool.ask({ _tag: "Run", seed, sqlite, twice: seed % sample === 0 }).pipe(
            Effect.filterOrFail(isReport, () => because(`seed ${seed} has no report`)),
            Effect.tap(({ violations }) => {
              if (violations.length > 0) failed++
              shown(`${failed} broken`)
              return Effect.void
            })
          ),
        { concurrency: workers }
      )
    })
    const seconds = (performance.now() - began) / 1000
    const sum = (of: (report: Report) => number) => reports.reduce((all, report) => all + of(report), 0)
    const faults = tally(reports.flatMap(({ faults }) => faults.map((name) => [name, 1] as const)))
    const counts = tally(reports.flatMap(({ counts }) => counts))
    const worlds = tally(reports.flatMap(({ counts }) => counts.map(([path]) => [path, 1] as const)))
    const first = new Map<string, number>()
    for (const { counts, seed } of reports) {
      for (const [path] of counts) if (!first.has(path)) first.set(path, seed)
    }
    const never = Sometimes.paths.filter((path) => !counts.has(path))
    const broken = reports.filter(({ violations }) => violations.length > 0)
    const simulated = sum(({ simulated }) => simulated) / 1000
    const figures = {
      seeds,
      seconds,
      seedsPerMinute: seeds / seconds * 60,
      simulatedSeconds: simulated,
      simulatedPerSecond: simulated / seconds,
      steps: sum(({ steps }) => steps),
      operations: sum(({ operations }) => operations),
      faults: sum(({ faults }) => faults.length),
      runTwice: reports.filter(({ seed }) => seed % sample === 0).length,
      longestHealing: Math.max(...reports.map(({ settled }) => settled)) / 1000
    }
    yield* print(table(["Fault", "Times"], byCount(faults)))
    yield* print(table(
      ["Sometimes", "Times", "Worlds", "First seed"],
      Sometimes.paths.map((
        path
      ) => [path, counts.get(path) ?? 0, worlds.get(path) ?? 0, `${first.get(path) ?? ""}`])
    ))
    yield* print(table(["What", "How many"], [
      ["worlds", seeds],
      ["of which run twice with the same hash", figures.runTwice],
      ["seconds", round(seconds)],
      ["worlds a minute", round(figures.seedsPerMinute)],
      ["simulated seconds a second", round(figures.simulatedPerSecond)],
      ["calls of clients", figures.operations],
      ["steps of fibers", figures.steps],
      ["faults", figures.faults],
      ["seconds from healing until all books agreed, at most", figures.longestHealing],
      ["worlds in which a promise broke", broken.length]
    ]))
    yield* save("sim.json", {
      ...figures,
      byClass: Object.fromEntries(faults),
      sometimes: Object.fromEntries(counts),
      broken: broken.map(({ seed, violations }) => ({ seed, violations }))
    })
    for (const report of broken.slice(0, shrunk)) yield* explain(pool, report, sqlite)
    if (broken.length > shrunk) {
      yield* print(`\nalso seeds ${broken.slice(shrunk).map(({ seed }) => seed).join(", ")}`)
    }
    if (never.length > 0) yield* print(`never reached: ${never.join(", ")}`)
    const good = broken.length === 0 && (never.length === 0 || seeds < enough)
    yield* print(good ? "✓ every promise held in every world" : "✗ not what was promised")
    return good
  }))

/** Puts one fault after another into Saucier and runs worlds until a check notices; each must be noticed. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { availableParallelism } from "node:os"
import { because } from "../bench/Failure.ts"
import { print, save, table } from "../bench/Report.ts"
import * as Bundle from "./Bundle.ts"
import type { Mutant } from "./Mutant.ts"
import { mutants } from "./Mutants.ts"
import type { Options } from "./Options.ts"
import * as Progress from "./Progress.ts"
import type { Report } from "./Task.ts"
import * as Workers from "./Workers.ts"

/** In so many seeds a mutant must be killed. */
const enough = 200

interface Fate {
  readonly mutant: Mutant
  /** The world that noticed, or undefined when none did. */
  readonly report: Report | undefined
  readonly checks: ReadonlyArray<string>
  /** From the first world to the verdict. */
  readonly seconds: number
  readonly seeds: number
}

/** A world that hangs is one that did not come to its end. */
const patience = "90 seconds"

const hung = (seed: number): Report => ({
  _tag: "Report",
  seed,
  hash: "",
  steps: 0,
  simulated: 0,
  settled: 0,
  took: 0,
  operations: 0,
  faults: [],
  counts: [],
  violations: [{ check: "end", subject: "the world", detail: "it hangs" }]
})

const hunt = (mutant: Mutant, sqlite: boolean, from: number, seeds: number, workers: number) =>
  Effect.scoped(Effect.gen(function*() {
    const pool = yield* Workers.make(workers, yield* Bundle.make(mutant.patches))
    const began = performance.now()
    let run = 0
    const noticed = yield* Stream.range(from, from + seeds - 1).pipe(
      Stream.mapEffect((seed) =>
        pool.ask({ _tag: "Run", seed, sqlite, twice: false }).pipe(
          Effect.timeoutTo({
            duration: patience,
            onSuccess: (answer) => answer,
            onTimeout: () => hung(seed)
          }),
          Effect.filterOrFail(
            (answer): answer is Report => answer._tag === "Report",
            () => because(`seed ${seed} has no report`)
          ),
          Effect.tap(() => Effect.sync(() => void run++))
        ), { concurrency: workers, unordered: true }),
      Stream.filter(({ violations }) => violations.length > 0),
      Stream.runHead
    )
    const report = Option.getOrUndefined(noticed)
    const fate: Fate = {
      mutant,
      report,
      checks: [...new Set(report?.violations.map(({ check }) => check))],
      seconds: (performance.now() - began) / 1000,
      seeds: run
    }
    return fate
  }))

export const run = ({ from, only, seeds, sqlite, workers = availableParallelism() }: Options) =>
  Effect.gen(function*() {
    const parts = only?.split(",") ?? [""]
    const wanted = mutants.filter(({ name }) => parts.some((part) => name.includes(part)))
    if (wanted.length === 0) return yield* Effect.fail(because(`no mutant is called ${only}`))
    const limit = Math.min(seeds, enough)
    const began = performance.now()
    const fates = yield* Progress.during("mutants", wanted.length, (shown) => {
      let alive = 0
      return Effect.forEach(
        wanted,
        (mutant) =>
          Effect.tap(hunt(mutant, sqlite || mutant.sqlite === true, from, limit, workers), ({ report }) => {
            if (report === undefined) alive++
            shown(`${alive} alive, last ${mutant.name}`)
            return Effect.void
          })
      )
    })
    yield* print(table(
      ["Mutant", "What it does", "Killed by", "Seed", "Worlds", "Seconds"],
      fates.map(({ checks, mutant, report, seconds, seeds }) => [
        mutant.name,
        mutant.fault,
        report === undefined ? "NOBODY" : checks.join(", "),
        report?.seed ?? "",
        seeds,
        seconds.toFixed(1)
      ])
    ))
    const alive = fates.filter(({ report }) => report === undefined)
    yield* save("sim-mutants.json", {
      seconds: (performance.now() - began) / 1000,
      killed: fates.length - alive.length,
      mutants: fates.map(({ checks, mutant: { fault, name }, report, seconds, seeds }) => ({
        name,
        fault,
        killedBy: checks,
        seed: report?.seed ?? null,
        worlds: seeds,
        seconds,
        first: report?.violations[0] ?? null
      }))
    })
    yield* print(
      alive.length === 0
        ? `✓ all ${fates.length} mutants were killed`
        : `✗ alive after ${limit} worlds: ${alive.map(({ mutant }) => mutant.name).join(", ")}`
    )
    return alive.length === 0
  })

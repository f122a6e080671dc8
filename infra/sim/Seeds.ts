/** Runs seeds in this process. */
import * as Fault from "@saucier/simulation/Fault"
import { shrink } from "@saucier/simulation/Shrink"
import * as Simulation from "@saucier/simulation/Simulation"
import { inFolder } from "./Folder.ts"
import type { Answer, Report, Shrunk, Task, Violation } from "./Task.ts"

const nothing = { hash: "", steps: 0, simulated: 0, settled: 0, operations: 0, faults: [], counts: [] }

/** A world that comes to no end, or asks for what would escape from it, is a violation like others. */
const attempt = (seed: number, sqlite: boolean, without: ReadonlySet<number> = new Set()) => {
  const run = (folder?: string) => Simulation.run(seed, { without, folder })
  try {
    const { counts, evidence, faults, hash, settled, simulated, steps, violations } = sqlite
      ? inFolder(run)
      : run()
    const seen = {
      hash,
      steps,
      simulated,
      settled,
      operations: evidence.history.length,
      faults: faults.map(({ _tag }) => _tag),
      counts: [...counts].map(([path, times]) => [path, times] as const),
      violations
    }
    return { seen, plan: faults }
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : `${error}`
    const violations: ReadonlyArray<Violation> = [{ check: "end", subject: "the world", detail }]
    return { seen: { ...nothing, violations }, plan: [] }
  }
}

export const run = (seed: number, sqlite: boolean, twice: boolean): Report => {
  const began = performance.now()
  const { seen } = attempt(seed, sqlite)
  const took = performance.now() - began
  const again = twice ? attempt(seed, sqlite).seen.hash : seen.hash
  const violations = again === seen.hash ? seen.violations : [...seen.violations, {
    check: "determinism",
    subject: `seed ${seed}`,
    detail: `its hash was ${seen.hash}, then ${again}`
  }]
  return { _tag: "Report", seed, ...seen, took, violations }
}

/** The fewest faults with which one of the checks fails that fails with all of them. */
export const fewest = (seed: number, sqlite: boolean): Shrunk => {
  const { plan, seen: { violations } } = attempt(seed, sqlite)
  const checks = new Set(violations.map(({ check }) => check))
  const places = plan.map((_, place) => place)
  const others = (kept: ReadonlyArray<number>) => places.filter((place) => !kept.includes(place))
  const { kept, runs } = shrink(
    plan.length,
    (kept) =>
      attempt(seed, sqlite, new Set(others(kept))).seen.violations.some(({ check }) => checks.has(check))
  )
  return {
    _tag: "Shrunk",
    seed,
    runs,
    kept: plan.filter((_, place) => kept.includes(place)).map(Fault.text),
    without: others(kept)
  }
}

export const answer = (task: Task): Answer =>
  task._tag === "Run" ? run(task.seed, task.sqlite, task.twice) : fewest(task.seed, task.sqlite)

/** One seed, its trace as text and as a sequence diagram. */
import * as Fault from "@saucier/simulation/Fault"
import * as Sequence from "@saucier/simulation/Sequence"
import * as Simulation from "@saucier/simulation/Simulation"
import type { Note } from "@saucier/simulation/Trace"
import * as Effect from "effect/Effect"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { folder, print } from "../bench/Report.ts"
import { inFolder } from "./Folder.ts"
import type { Options } from "./Options.ts"

const line = ({ at, from, text, to }: Note) =>
  `${(at / 1000).toFixed(3).padStart(9)}  ${to === undefined ? from : `${from} → ${to}`}  ${text}`

const write = (name: string, text: string) =>
  Effect.gen(function*() {
    const path = join(folder, name)
    yield* Effect.promise(() => mkdir(folder, { recursive: true }))
    yield* Effect.promise(() => writeFile(path, text))
    yield* print(path)
  })

/** `about` keeps the lines that hold it; an order, its payment and its delivery share the end of their ids. */
export const run = (seed: number, { about = "", sqlite, without = [] }: Options) =>
  Effect.gen(function*() {
    const left = new Set(without)
    const world = (folder?: string) => Simulation.run(seed, { without: left, folder })
    const { counts, faults, hash, notes, settled, simulated, steps, violations } = yield* Effect.sync(() =>
      sqlite ? inFolder(world) : world()
    )
    const wanted = about.replace(/^[a-z]+_/, "")
    const shown = notes.filter(({ from, text }) => wanted === "" || text.includes(wanted) || from === "fault")
    yield* print(`seed ${seed}, hash ${hash}: ${steps} steps in ${simulated / 1000} simulated seconds`)
    yield* print(`all books agreed ${settled / 1000} s after healing`)
    yield* print("faults")
    for (const [place, fault] of faults.entries()) {
      yield* print(`  ${place}${left.has(place) ? " left out" : ""}: ${Fault.text(fault)}`)
    }
    yield* print("paths")
    for (const [path, times] of counts) yield* print(`  ${path}: ${times}`)
    yield* write(`sim-${seed}.log`, `${shown.map(line).join("\n")}\n`)
    yield* write(`sim-${seed}.mmd`, Sequence.mermaid(`seed ${seed}`, shown))
    for (const { check, detail, subject } of violations) yield* print(`✗ ${check}: ${subject}: ${detail}`)
    if (violations.length === 0) yield* print("✓ every promise held")
    return violations.length === 0
  })

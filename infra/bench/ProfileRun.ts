/**
 * Where the time of one level goes, by part of the system and by function of ours. V8 samples by the clock on the wall:
 * a main thread that waits for the disk counts as busy, and so does one that waits for a processor.
 */
import { round } from "@saucier/proof/Stats"
import * as Effect from "effect/Effect"
import { copyFile, mkdir, readdir } from "node:fs/promises"
import { join } from "node:path"
import * as Driver from "./Driver.ts"
import type { Options } from "./Options.ts"
import * as Profile from "./Profile.ts"
import { functions, shares } from "./ProfileShares.ts"
import * as Progress from "./Progress.ts"
import * as Report from "./Report.ts"
import * as Saucier from "./Saucier.ts"
import * as Target from "./Target.ts"

/** V8 stamps profiles with the same clock. */
const micros = () => Number(process.hrtime.bigint() / 1000n)

const shown = 30

export const run = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const [connections = 64] = options.levels
    const folder = yield* Saucier.folder
    const driver = yield* Driver.find
    const measured = yield* Effect.scoped(Effect.gen(function*() {
      const server = yield* Saucier.start(["--cpu-prof", `--cpu-prof-dir=${folder}`])
      const loop = (seconds: number) =>
        Progress.during(
          `${connections} connections`,
          seconds,
          Driver.loop(driver, server, connections, seconds)
        )
      yield* loop(options.warmup)
      const before = yield* Target.tally(server)
      const from = micros()
      const load = yield* loop(options.seconds)
      const to = micros()
      const after = yield* Target.tally(server)
      return { load, from, to, completed: after.complete - before.complete }
    }))
    const [name = ""] = yield* Effect.promise(() => readdir(folder))
    yield* Effect.promise(() => mkdir(Report.folder, { recursive: true }))
    const path = join(Report.folder, "bench.cpuprofile")
    yield* Effect.promise(() => copyFile(join(folder, name), path))
    const stacks = yield* Profile.read(path, measured)

    const parts = shares(stacks)
    const seconds = (measured.to - measured.from) / 1e6
    const busy = parts.reduce((sum, { millis }) => sum + millis, 0)
    const perOrder = (millis: number) => round(millis * 1000 / measured.completed)
    yield* Report.print(
      `\n${connections} connections: ${
        round(measured.load.ordersPerSecond, 0)
      } orders/s acknowledged with the profiler on, ` +
        `${round(busy / seconds / 10, 0)} % of one processor, ${perOrder(busy)} µs for a complete order`
    )
    yield* Report.print(Report.table(
      ["part", "share %", "µs an order"],
      parts.map(({ millis, part }) => [part, round(millis / busy * 100), perOrder(millis)])
    ))
    const ours = functions(stacks)
    yield* Report.print("Functions of ours, with what they call synchronously")
    yield* Report.print(Report.table(
      ["function", "own %", "with callees %", "µs an order"],
      ours.slice(0, shown).map(({ name, own, total }) => [
        name,
        round(own / busy * 100, 2),
        round(total / busy * 100, 2),
        perOrder(total)
      ])
    ))
    yield* Report.print(path)
    yield* Report.save("bench-profile.json", { connections, load: measured.load, parts, functions: ours })
    return true
  }))

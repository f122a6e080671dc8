/**
 * `pnpm autoscaling`: lets a cluster follow a load that comes and goes, and keeps what happened as `recorded.json` and as the
 * figure in docs/images. Takes some nine minutes, most of which is waiting for processes to become idle for long enough.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Cluster from "@saucier/proof/Cluster"
import * as Launch from "@saucier/proof/Launch"
import { Program } from "@saucier/proof/Program"
import * as Stopwatch from "@saucier/proof/Stopwatch"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { because } from "../bench/Failure.ts"
import * as Chart from "./Chart.ts"
import type { Moment, Recording } from "./Recording.ts"

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const load = { rate: 20, preset: "slow", from: 15_000 }
const seconds = 60
const enough = 15 * 60_000

/** The breaker shall not take a slow bank for a broken one: here the calls shall pile up. */
const settings = { SAUCIER_PROVIDER_PRESET: load.preset, SAUCIER_BREAKER_SLOW_CALL: "10 seconds" }

const momentOf = (
  at: number,
  processes: Effect.Effect.Success<ReturnType<Cluster.Cluster["processes"]>>
) => ({
  at,
  processes: processes.map(({ cpuSeconds, index, pid, providerCalls, state }) => ({
    index,
    pid,
    ready: state === "ready",
    cpuSeconds,
    providerCalls
  }))
})

const record = Effect.gen(function*() {
  const cluster = yield* Cluster.start({ autoscale: true, settings })
  const now = Effect.map(yield* Stopwatch.start, (seconds) => Math.round(seconds * 1000))
  const moments: Array<Moment> = []
  const take = Effect.gen(function*() {
    const moment = momentOf(yield* now, yield* cluster.processes("payment"))
    moments.push(moment)
    yield* Console.log(
      `${Math.round(moment.at / 1000)} s: ${moment.processes.length} processes, calls ${
        moment.processes.map(({ providerCalls }) => providerCalls ?? "-").join(" + ")
      }`
    )
  })
  const watching = yield* Effect.forkScoped(Effect.forever(Effect.zipRight(take, Effect.sleep("5 seconds"))))
  yield* Effect.sleep(load.from)
  const loaded = yield* Launch.toEnd(
    ["load", "--url", cluster.base, "--rate", `${load.rate}`, "--seconds", `${seconds}`],
    { SAUCIER_DATA_DIR: cluster.data }
  )
  const to = yield* now
  yield* Console.log(loaded.said)
  if (loaded.code !== 0) yield* because(`The load ended with ${loaded.code}`)
  yield* Effect.repeat(Effect.sleep("5 seconds"), {
    until: () =>
      Effect.map(now, (at) => (moments.at(-1)?.processes.length === 1 && at > to + 60_000) || at > enough)
  })
  yield* Fiber.interrupt(watching)
  return { load: { ...load, to: Math.min(to, load.from + seconds * 1000) }, moments } satisfies Recording
}).pipe(Effect.scoped, Effect.provideService(Program, path("../../apps/saucier/bin/saucier.js")))

Effect.flatMap(record, (recording) =>
  Effect.sync(() => {
    const lines = recording.moments.map((moment) => `    ${JSON.stringify(moment)}`).join(",\n")
    writeFileSync(
      path("recorded.json"),
      `{\n  "load": ${JSON.stringify(recording.load)},\n  "moments": [\n${lines}\n  ]\n}\n`
    )
    writeFileSync(path("../../docs/images/autoscaling.svg"), Chart.svg(recording))
  })).pipe(NodeRuntime.runMain)

/** A real Prometheus on a free port, gone with the scope: from the PATH, or built from the Go module beside this file. */
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stringify } from "yaml"
import * as Child from "../../bench/Child.ts"
import * as GoProgram from "../GoProgram.ts"

const program = (name: "prometheus" | "promtool") =>
  GoProgram.findInstalled({
    folder: "prometheus",
    package: `github.com/prometheus/prometheus/cmd/${name}`,
    variable: `SAUCIER_${name.toUpperCase()}`
  })

/** Both programs are there afterwards; see {@link GoProgram}. */
export const prepare = Effect.zip(program("promtool"), program("prometheus"))

const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-prometheus-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)

/** What promtool printed, once it has ended well. */
export const promtool = (args: ReadonlyArray<string>) =>
  Effect.flatMap(program("promtool"), (command) => Child.run(command, args))

/** Scrapes as the job `saucier`, every second, whom it is told to: `host:port`. Answers at `url`. */
export const start = (rules: string) =>
  Effect.gen(function*() {
    const data = yield* folder
    const config = join(data, "prometheus.yml")
    const settings = {
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: [rules],
      scrape_configs: [{
        job_name: "saucier",
        file_sd_configs: [{ files: [join(data, "targets.json")], refresh_interval: "1s" }]
      }]
    }
    const scrape = (targets: ReadonlyArray<string>) =>
      Effect.promise(() => writeFile(join(data, "targets.json"), JSON.stringify([{ targets }])))
    yield* scrape([])
    yield* Effect.promise(() => writeFile(config, stringify(settings)))
    const url = `http://127.0.0.1:${yield* LoopbackPort.free}`
    const child = yield* Child.make(yield* program("prometheus"), [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(data, "tsdb")}`,
      `--web.listen-address=${url.slice("http://".length)}`
    ])
    const answers = Effect.promise(() => fetch(`${url}/-/ready`).then(({ ok }) => ok, () => false))
    yield* Effect.raceFirst(
      Effect.repeat(Effect.delay(answers, "100 millis"), { until: (ok) => ok }),
      Effect.flatMap(child.ended, () => Effect.dieMessage(`Prometheus ended: ${child.printed()}`))
    )
    return { url, scrape }
  })

/** Runners of toys as processes, and a client that asks them. */
import { Sharding } from "@effect/cluster/Sharding"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as Cluster from "@saucier/runtime/Cluster"
import { ClusterMap } from "@saucier/runtime/ClusterMap"
import * as Health from "@saucier/runtime/Health"
import * as Settings from "@saucier/runtime/Settings"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createRequire } from "node:module"
import { fileURLToPath, pathToFileURL } from "node:url"
import { group, ToyEntity } from "./ToyEntity.ts"

export type Environment = Readonly<Record<string, string>>

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href
const script = fileURLToPath(new URL("./toyRunner.ts", import.meta.url))

/** Ready when `url` is there; killed with the scope. `ended` gives the exit code, or null when a signal killed it. */
export const start = (settings: Environment) =>
  Effect.gen(function*() {
    const { PATH = "" } = process.env
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn(process.execPath, ["--import", tsx, script], {
          env: { PATH, NO_COLOR: "1", SAUCIER_HTTP_PORT: "0", SAUCIER_RUNNER_PORT: "0", ...settings },
          stdio: ["ignore", "pipe", "pipe"]
        })
      ),
      (child) => Effect.sync(() => child.kill("SIGKILL"))
    )
    const output = { text: "" }
    const ended = once(child, "exit").then(() => child.exitCode)
    const said = (words: RegExp) =>
      Effect.async<RegExpExecArray, string>((resume) => {
        const look = () => {
          const found = words.exec(output.text)
          if (found !== null) resume(Effect.succeed(found))
        }
        for (const stream of [child.stdout, child.stderr]) stream.on("data", look)
        child.once("exit", () => resume(Effect.fail(`It ended: ${output.text}`)))
        look()
      })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output.text += chunk.toString()
      })
    }
    return {
      pid: child.pid ?? 0,
      output,
      said,
      ended: Effect.promise(() => ended),
      ready: Effect.map(said(/ready at (\S+)/), ([, url]) => url ?? ""),
      signal: (signal: NodeJS.Signals) => Effect.sync(() => child.kill(signal))
    }
  })

/** A process that only asks. `where` tells which runner has a toy; `machine` is the number in its requests' ids. */
export const client = (settings: Environment) =>
  Effect.gen(function*() {
    const context = yield* Layer.build(
      Cluster.client([group]).pipe(
        Layer.provide([Health.layer, Settings.layer]),
        Layer.provide(NodeContext.layer),
        Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(settings)))))
      )
    )
    const toys = yield* Effect.provide(ToyEntity.client, context)
    return {
      sharding: Context.get(context, Sharding),
      map: Context.get(context, ClusterMap).shards,
      where: (id: string, millis = 0) => toys(id).Where({ millis })
    }
  })

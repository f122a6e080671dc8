/** A cluster as `pnpm saucier cluster` starts it, on an empty folder, gone with the scope. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as SupervisorClient from "@saucier/runtime/SupervisorClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Party from "../chaos/Party.ts"

const program = fileURLToPath(new URL("../../apps/saucier/bin/saucier.js", import.meta.url))

export const services = ["order", "payment", "delivery", "dashboard", "gateway"] as const
export type Service = (typeof services)[number]

const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-cluster-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)

/** Asks again until it is as wished; a scenario that waits in vain ends by its own time limit. */
export const until = <A, E, R>(
  ask: Effect.Effect<A, E, R>,
  wished: (found: A) => boolean
): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    ask,
    (found) => wished(found) ? Effect.succeed(found) : Effect.delay(until(ask, wished), "200 millis")
  )

const lives = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export interface Answer {
  readonly status: number
  readonly text: string
}

export const ask = (url: string, method = "GET", body?: unknown): Effect.Effect<Answer> =>
  Effect.promise(async () => {
    try {
      const response = await fetch(url, {
        method,
        headers: { "content-type": "application/json" },
        signal: AbortSignal.timeout(15_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      return { status: response.status, text: await response.text() }
    } catch (error) {
      return { status: 0, text: String(error) }
    }
  })

export interface Options {
  readonly counts?: Partial<Record<Service, number>>
  readonly settings?: Readonly<Record<string, string>>
}

const launch = (data: string, port: number, { counts = {}, settings = {} }: Options) =>
  Effect.gen(function*() {
    const { PATH = "" } = process.env
    const sizes = services.flatMap((service) => [`--${service}`, String(counts[service] ?? 1)])
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn(process.execPath, [program, "cluster", ...sizes], {
          env: {
            PATH,
            LANG: "C",
            NO_COLOR: "1",
            SAUCIER_DATA_DIR: data,
            SAUCIER_HTTP_PORT: String(port),
            SAUCIER_PROVIDER_PRESET: "instant",
            ...settings
          },
          stdio: ["ignore", "pipe", "pipe"]
        })
      ),
      (child) =>
        Effect.promise(async () => {
          if (child.exitCode !== null || child.signalCode !== null) return
          child.kill("SIGTERM")
          await once(child, "exit")
        })
    )
    const output = { text: "" }
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output.text += chunk.toString()
      })
    }
    const ended = once(child, "exit").then(() => child.exitCode)
    return { child, output, ended: Effect.promise(() => ended) }
  })

/** Only the command, for what is refused: its exit code, and what it said. */
export const refused = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const { ended, output } = yield* launch(yield* folder, yield* Party.freePort, options)
    return { code: yield* ended, said: output.text }
  }))

export const start = (options: Options = {}) =>
  Effect.gen(function*() {
    const data = yield* folder
    const port = yield* Party.freePort
    const { child, ended, output } = yield* launch(data, port, options)
    const base = `http://127.0.0.1:${port}`
    const context = yield* Layer.build(Layer.merge(NodeContext.layer, NodeHttpClient.layerUndici))
    const failed = Effect.flatMap(ended, (code) =>
      Effect.dieMessage(`The supervisor ended with ${code}: ${output.text}`))
    const control = yield* Effect.raceFirst(
      Effect.gen(function*() {
        const found = yield* until(Effect.either(SupervisorClient.ofFolder(data)), (found) =>
          found._tag === "Right")
        const client = yield* found
        yield* until(Effect.option(client.status()), (status) =>
          status._tag === "Some" && status.value.state === "ready")
        return client
      }).pipe(Effect.provide(context)),
      failed
    )
    const processes = (service: string) =>
      Effect.map(control.status(), (status) =>
        status.services.find((found) =>
          found.service === service
        )?.processes ?? [])
    const pids = Effect.map(control.status(), ({ services }) =>
      services.flatMap(({ processes }) =>
        processes.flatMap(({ pid }) =>
          pid === null ? [] : [pid]
        )
      ))

    return {
      base,
      data,
      output,
      control,
      processes,
      /** Once every wanted process of a service is ready. */
      ready: (service: string) =>
        until(control.status(), (status) =>
          status.services.some((found) =>
            found.service === service && found.processes.length === found.wanted &&
            found.processes.every(({ state }) =>
              state === "ready"
            )
          )),
      /** Ends it as Ctrl-C does; gives its exit code, and the ids of processes that still live. */
      end: Effect.gen(function*() {
        const all = yield* pids
        child.kill("SIGINT")
        const code = yield* ended
        return { code, left: all.filter(lives) }
      }),
      /** Kills the supervisor by surprise; done once none of its processes lives. */
      orphan: Effect.gen(function*() {
        const all = yield* pids
        child.kill("SIGKILL")
        yield* ended
        yield* until(
          Effect.sync(() =>
            all.filter(lives)
          ),
          ({ length }) =>
            length === 0
        )
        return all
      })
    }
  })
export type World = Effect.Effect.Success<ReturnType<typeof start>>

/** Switches the stand-in provider through the gateway. */
export const behave = ({ base }: Pick<World, "base">, preset: string) =>
  ask(`${base}/ops/provider/preset`, "PUT", { preset, lostReplyRate: 0 })

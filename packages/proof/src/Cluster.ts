/** A cluster as `pnpm saucier cluster` starts it, on an empty folder, gone with the scope. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as SupervisorClient from "@saucier/runtime/SupervisorClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import process from "node:process"
import { because } from "./Broken.ts"
import * as Launch from "./Launch.ts"
import * as Place from "./Place.ts"
import * as Poll from "./Poll.ts"

export const services = ["order", "payment", "delivery", "dashboard", "gateway"] as const
export type Service = (typeof services)[number]

export interface Options {
  /** A folder of the caller's, instead of a new one. */
  readonly data?: string
  readonly counts?: Partial<Record<Service, number>>
  readonly settings?: Launch.Settings
  /** Whether the number of processes follows their load. */
  readonly autoscale?: boolean
}

const lives = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const launch = (data: string, port: number, { autoscale = false, counts = {}, settings = {} }: Options) =>
  Launch.launch(
    [
      "cluster",
      ...services.flatMap((service) => [`--${service}`, String(counts[service] ?? 1)]),
      ...(autoscale ? ["--autoscale"] : [])
    ],
    {
      SAUCIER_DATA_DIR: data,
      SAUCIER_HTTP_PORT: String(port),
      SAUCIER_PROVIDER_PRESET: "instant",
      ...settings
    }
  )

/** Only the command, for what is refused: its exit code, and what it said. */
export const refused = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const { ended, said } = yield* launch(yield* Place.folder, yield* LoopbackPort.free, options)
    return { code: yield* ended, said: said() }
  }))

/** Once the supervisor can be talked to and all it runs is ready. */
const controlOf = (data: string) =>
  Effect.gen(function*() {
    const found = yield* Poll.until(
      Effect.either(SupervisorClient.ofFolder(data)),
      ({ _tag }) => _tag === "Right"
    )
    const client = yield* found
    yield* Poll.until(
      Effect.option(client.status()),
      (status) => status._tag === "Some" && status.value.state === "ready"
    )
    return client
  })

export const start = (options: Options = {}) =>
  Effect.gen(function*() {
    const data = options.data ?? (yield* Place.folder)
    const port = yield* LoopbackPort.free
    const { child, ended, said } = yield* launch(data, port, options)
    const context = yield* Layer.build(Layer.merge(NodeContext.layer, NodeHttpClient.layerUndici))
    const control = yield* Effect.raceFirst(
      Effect.provide(controlOf(data), context),
      Effect.flatMap(
        ended,
        (code) => Effect.fail(because(`The supervisor ended with ${code}: ${said()}`))
      )
    )
    const processes = (service: string) =>
      Effect.map(
        control.status(),
        ({ services }) => services.find((found) => found.service === service)?.processes ?? []
      )
    const pids = Effect.map(control.status(), ({ services }) =>
      services.flatMap(({ processes }) =>
        processes.flatMap(({ pid }) => pid === null ? [] : [pid])
      ))

    return {
      base: `http://127.0.0.1:${port}`,
      data,
      said,
      control,
      processes,
      /** Once every wanted process of a service is ready. */
      ready: (service: string) =>
        Poll.until(control.status(), ({ services }) =>
          services.some((found) =>
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
        yield* Poll.until(
          Effect.sync(() =>
            all.filter(lives)
          ),
          ({ length }) => length === 0
        )
        return all
      })
    }
  })
export type Cluster = Effect.Effect.Success<ReturnType<typeof start>>

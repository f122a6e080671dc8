/** What a cluster on this machine consists of: a database, the bank's stand-in, the services, the gateways. */
import * as Command from "@effect/platform/Command"
import * as FileSystem from "@effect/platform/FileSystem"
import * as ScalingRules from "@saucier/assembly/ScalingRules"
import * as Settings from "@saucier/runtime/Settings"
import { documentation } from "@saucier/runtime/SettingsDocumentation"
import * as SettingsSource from "@saucier/runtime/SettingsSource"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Num from "effect/Number"
import * as Option from "effect/Option"
import * as Record from "effect/Record"
import { randomBytes } from "node:crypto"
import { availableParallelism as cores } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as EmbeddedPostgres from "./EmbeddedPostgres.ts"
import type { Surroundings } from "./SupervisedCluster.ts"
import * as SupervisedNode from "./SupervisedNode.ts"
import type { ServicePlan, Tiers } from "./SupervisorPlan.ts"
import * as SupervisorPorts from "./SupervisorPorts.ts"
import * as SupervisorProbe from "./SupervisorProbe.ts"
import type * as SupervisorScaler from "./SupervisorScaler.ts"

export const contexts = ["order", "payment", "delivery", "dashboard"] as const
export const services = [...contexts, "gateway"] as const
export type Service = (typeof services)[number]
export type Counts = Readonly<Record<Service, number>>

const databases = {
  order: "orderDatabase",
  payment: "paymentDatabase",
  delivery: "deliveryDatabase",
  dashboard: "dashboardDatabase"
} as const

const program = (app: string) => fileURLToPath(new URL(`../../${app}/bin/${app}.js`, import.meta.url))

type Environment = Readonly<Record<string, string>>

const command = (app: string, environment: Environment) =>
  Command.env(SupervisedNode.command(program(app)), environment)

/** Those that no setting names are in the folder's own PostgreSQL. */
const unset = Effect.gen(function*() {
  const find = yield* SettingsSource.make
  const keys = [...Object.values(databases), "clusterDatabase" as const].map((name) =>
    documentation[name].key
  )
  return yield* Effect.filter(keys, (key) => Effect.map(find(key), Option.isNone))
})

/** Contexts whose setting says SQLite: their file takes one process. */
export const oneWriters = Effect.gen(function*() {
  const settings = yield* Settings.load
  const inServer = yield* unset
  return contexts.filter((name) =>
    settings[databases[name]].engine === "sqlite" && !inServer.includes(documentation[databases[name]].key)
  )
})

/**
 * The rules of those that can have more than one process. Where only processor time asks for more, this machine has no more
 * to give than it has cores.
 */
export const scalingRules = Effect.map(oneWriters, (oneWriters): SupervisorScaler.Rules =>
  Record.map(
    Record.filter(ScalingRules.rules, (_, name) => !Arr.contains(oneWriters, name)),
    (rule) => {
      const bound = Object.keys(rule.targets).some((metric) => metric !== "cpu") ? rule.most : cores()
      return { ...rule, most: Num.clamp(bound, { minimum: rule.least, maximum: rule.most }) }
    }
  ))

/** Counts that no rule would change at once. */
export const within = (rules: SupervisorScaler.Rules, counts: Counts): Counts =>
  Record.map(counts, (count, name) => {
    const rule = rules[name]
    return rule === undefined ? count : Num.clamp(count, { minimum: rule.least, maximum: rule.most })
  })

/** Its address stays while the supervisor runs, so that those who know it find it again after a crash. */
const postgres = (dataDir: string) =>
  Effect.gen(function*() {
    const context = yield* Effect.context<
      Effect.Effect.Context<ReturnType<typeof EmbeddedPostgres.prepare>>
    >()
    const port = yield* SupervisorPorts.free
    const { clear, command, pid, probe, url } = yield* EmbeddedPostgres.prepare(dataDir, port)
    const launch = { command, url: null, probe, worker: Effect.provide(pid, context) }
    const plan: ServicePlan = {
      name: "postgres",
      count: 1,
      alone: "fixed",
      launch: () => Effect.as(Effect.provide(clear, context), launch)
    }
    return { url, plan }
  })

const provider = (dataDir: string, publicUrl: string, preset: string) =>
  Effect.gen(function*() {
    const bank = yield* SupervisorPorts.free
    const control = `http://127.0.0.1:${yield* SupervisorPorts.free}`
    const secret = randomBytes(24).toString("base64url")
    const probe = yield* SupervisorProbe.make(control)
    const plan: ServicePlan = {
      name: "provider",
      count: 1,
      alone: "fixed",
      launch: () =>
        Effect.succeed({
          command: command("provider", {
            SAUCIER_PROVIDER_HTTP_HOST: "127.0.0.1",
            SAUCIER_PROVIDER_HTTP_PORT: `${bank}`,
            SAUCIER_PROVIDER_CONTROL_PORT: new URL(control).port,
            SAUCIER_PROVIDER_DATA_DIR: join(dataDir, "provider"),
            SAUCIER_PROVIDER_PRESET: preset,
            SAUCIER_PROVIDER_WEBHOOK_URL: `${publicUrl}/webhooks/payments`,
            SAUCIER_PROVIDER_WEBHOOK_SECRET: secret
          }),
          url: control,
          probe: { ...probe, ready: Effect.map(probe.live, (live) => live === "alive") }
        })
    }
    const environment: Environment = {
      SAUCIER_PROVIDER_URL: `http://127.0.0.1:${bank}`,
      SAUCIER_PROVIDER_CONTROL_URL: control,
      SAUCIER_WEBHOOK_SECRETS: secret
    }
    return { plan, environment }
  })

export const make = (counts: Counts) => ({ publicUrl }: Surroundings) =>
  Effect.gen(function*() {
    const settings = yield* Settings.load
    const fs = yield* FileSystem.FileSystem
    const dataDir = yield* Effect.orDie(fs.realPath(settings.dataDir))
    const keys = yield* unset
    const alone: ReadonlyArray<Service> = yield* oneWriters
    const server = keys.length === 0 ? undefined : yield* postgres(dataDir)
    const bank = Option.isSome(settings.providerUrl)
      ? undefined
      : yield* provider(dataDir, publicUrl, settings.providerPreset)
    const environment: Environment = {
      SAUCIER_DATA_DIR: dataDir,
      SAUCIER_HTTP_HOST: "127.0.0.1",
      SAUCIER_RUNNER_HOST: "127.0.0.1",
      SAUCIER_RUNNER_LISTEN_HOST: "127.0.0.1",
      ...bank?.environment,
      ...Object.fromEntries(keys.map((key) => [key, server?.url ?? ""]))
    }
    const context = yield* Effect.context<Effect.Effect.Context<ReturnType<typeof SupervisorProbe.make>>>()

    /** A process that died comes back to its address, so that whoever asked it need not wait until it counts as gone. */
    const service = (name: Service) =>
      Effect.map(SupervisorPorts.kept, (runnerPort): ServicePlan => ({
        name,
        count: counts[name],
        ...(alone.includes(name) ? { alone: "one-writer" as const } : {}),
        launch: (index) =>
          Effect.gen(function*() {
            const port = yield* SupervisorPorts.free
            const url = `http://127.0.0.1:${port}`
            return {
              command: command(name, {
                ...environment,
                SAUCIER_HTTP_PORT: `${port}`,
                SAUCIER_RUNNER_PORT: `${yield* runnerPort(index)}`
              }),
              url,
              probe: yield* SupervisorProbe.make(url)
            }
          }).pipe(Effect.provide(context))
      }))

    const tiers: Tiers = [
      [server?.plan, bank?.plan].flatMap((plan) => plan === undefined ? [] : [plan]),
      yield* Effect.forEach(contexts, service),
      [yield* service("gateway")]
    ]
    return tiers
  })

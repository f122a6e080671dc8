/** The supervisor in the foreground: until it is told to stop. */
import * as Authentication from "@saucier/runtime/Authentication"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Settings from "@saucier/runtime/Settings"
import * as SettingsMisspelt from "@saucier/runtime/SettingsMisspelt"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Layer from "effect/Layer"
import * as Record from "effect/Record"
import * as Scope from "effect/Scope"
import process from "node:process"
import * as ChaosCluster from "./ChaosCluster.ts"
import * as ChaosSlot from "./ChaosSlot.ts"
import * as ClusterLogs from "./ClusterLogs.ts"
import * as ClusterTable from "./ClusterTable.ts"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import { NoDatabase } from "./EmbeddedPostgres.ts"
import { firstOrder } from "./FirstOrder.ts"
import * as SupervisedCluster from "./SupervisedCluster.ts"
import * as SupervisedServices from "./SupervisedServices.ts"
import { ServiceMisconfigured } from "./Supervisor.ts"
import * as SupervisorLogs from "./SupervisorLogs.ts"
import { type News, SupervisorNews } from "./SupervisorNews.ts"
import * as SupervisorRecords from "./SupervisorRecords.ts"
import * as SupervisorScaler from "./SupervisorScaler.ts"
import type { Texts } from "./TextsEn.ts"

const isTerminal = () => process.stdout.isTTY === true

const tell = ({ cluster: { news } }: Texts) => (one: News): string => {
  switch (one._tag) {
    case "Started":
      return news.started(one.name, one.pid)
    case "Ready":
      return Colours.green(news.ready(one.name))
    case "Unready":
      return Colours.yellow(news.unready(one.name))
    case "Hung":
      return Colours.red(news.hung(one.name))
    case "Ended":
      return Colours.red(news.ended(one.name, one.how, (one.againMillis / 1000).toFixed(1)))
    case "Stopped":
      return news.stopped(one.name)
    case "Forced":
      return Colours.yellow(news.forced(one.name))
    case "Scaled":
      return Colours.cyan(news.scaled(one.name, one.from, one.to))
    case "LeftOver":
      return Colours.yellow(news.leftOver(one.name))
  }
}

const spans = (rules: SupervisorScaler.Rules) =>
  Record.toEntries(rules).map(([name, { least, most }]) =>
    `${name} ${least === most ? least : `${least}–${most}`}`
  ).join(", ")

const welcome = (
  { cluster, start }: Texts,
  url: string,
  logs: string,
  wantsKey: boolean,
  rules: SupervisorScaler.Rules
) =>
  [
    "",
    Colours.bold(Colours.green(cluster.ready)),
    "",
    `  ${start.dashboard}: ${Colours.cyan(`${url}/`)}`,
    `  ${start.docs}: ${Colours.cyan(`${url}/docs`)}`,
    `  ${cluster.logsIn}: ${logs}`,
    ...(Record.isEmptyRecord(rules) ? [] : [`  ${cluster.scaling}: ${spans(rules)}`]),
    "",
    start.firstOrder,
    `  ${firstOrder(url, wantsKey)}`,
    "",
    Colours.dim(start.stop),
    ""
  ].join("\n")

export interface Options {
  readonly counts: SupervisedServices.Counts
  /** Whether to print what the processes print. */
  readonly logs: boolean
  /** Whether the number of processes follows their load. */
  readonly autoscale: boolean
}

/** A context on SQLite takes one process: said before anything is started. */
const admitted = (texts: Texts, counts: SupervisedServices.Counts) =>
  Effect.flatMap(SupervisedServices.oneWriters, (oneWriters) => {
    const name = oneWriters.find((name) => counts[name] > 1)
    return name === undefined ? Effect.void : new CommandFailed({
      exitCode: ExitCode.badConfiguration,
      message: texts.cluster.oneWriter(name, `SAUCIER_${name.toUpperCase()}_DATABASE_URL`)
    })
  })

export const run = (texts: Texts, { autoscale, counts: asked, logs }: Options) =>
  Effect.gen(function*() {
    const rules = autoscale ? yield* SupervisedServices.scalingRules : {}
    const counts = SupervisedServices.within(rules, asked)
    const settings = yield* Settings.load
    const { dataDir, httpHost, httpPort } = settings
    yield* Authentication.keysOf(settings)
    yield* admitted(texts, counts)
    yield* SettingsMisspelt.warn
    const wantsTable = isTerminal() && !logs
    // News would tear the table apart, which shows them anyway.
    let drawing = false
    const say = (text: string) => Effect.suspend(() => drawing ? Effect.void : Console.log(text))
    const surroundings = Layer.mergeAll(
      SupervisorRecords.layer(dataDir),
      SupervisorLogs.layer({
        dataDir,
        ...(logs
          ? {
            also: (name: string, chunk: Uint8Array) =>
              Console.log(ClusterLogs.lines(name, Buffer.from(chunk).toString()))
          }
          : {})
      }),
      Layer.succeed(SupervisorNews, { tell: (one) => say(tell(texts)(one)) })
    )
    yield* Effect.gen(function*() {
      yield* say(texts.cluster.starting)
      const slot = yield* ChaosSlot.make
      // Closed after the processes have ended: what is under way then is not brought back first.
      const deskScope = yield* Scope.fork(yield* Effect.scope, ExecutionStrategy.sequential)
      const { supervisor, url } = yield* SupervisedCluster.open({
        dataDir,
        desk: slot.desk,
        host: httpHost,
        port: httpPort,
        gateway: "gateway",
        plan: SupervisedServices.make(counts)
      })
      yield* supervisor.start
      yield* Scope.extend(ChaosCluster.open(slot, supervisor, url), deskScope)
      yield* say(welcome(texts, url, SupervisorLogs.folderOf(dataDir), settings.authKeys.size > 0, rules))
      yield* SupervisorScaler.follow(supervisor, rules)
      drawing = wantsTable
      yield* (wantsTable ? ClusterTable.live(texts, supervisor.status) : Effect.never).pipe(
        Effect.ensuring(Effect.sync(() => drawing = false))
      )
    }).pipe(Effect.scoped, Effect.provide(surroundings))
  }).pipe(
    Effect.catchAll((error) =>
      error instanceof NoDatabase
        ? new CommandFailed({
          exitCode: ExitCode.unavailable,
          message: texts.cluster.noDatabase(error.detail)
        })
        : error instanceof ServiceMisconfigured
        ? new CommandFailed({
          exitCode: ExitCode.badConfiguration,
          message: texts.cluster.misconfigured(error.name)
        })
        : error._tag === "FolderTaken"
        ? new CommandFailed({
          exitCode: ExitCode.unavailable,
          message: error.inUse ? texts.cluster.folderTaken : texts.cluster.noFolder(error.detail)
        })
        : Effect.fail(error)
    )
  )

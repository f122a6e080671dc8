/** `cluster`: runs every service in a process of its own, and talks to a supervisor that does. */
import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Settings from "@saucier/runtime/Settings"
import * as SupervisorClient from "@saucier/runtime/SupervisorClient"
import { NoSuchProcess, NotPossible, NotReady, type ServiceStatus } from "@saucier/runtime/SupervisorHttp"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ClusterLogs from "./ClusterLogs.ts"
import * as ClusterTable from "./ClusterTable.ts"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import type { Texts } from "./TextsEn.ts"

const most = 32
const isCount = (value: number) => Number.isInteger(value) && value >= 1 && value <= most

const count = (texts: Texts, service: string) =>
  CommonOptions.number(service, isCount, texts.cluster.countInvalid(`--${service}`, most)).pipe(
    Options.withDefault(1),
    Options.withDescription(texts.cluster.count(service))
  )

const failure = (exitCode: ExitCode, message: string) => new CommandFailed({ exitCode, message })

/** What the supervisor said no to, in words. */
const refusal = ({ cluster }: Texts) => (error: unknown): CommandFailed => {
  if (error instanceof NotPossible) {
    return failure(ExitCode.failure, `${error.service}: ${cluster.refusals[error.reason]}`)
  }
  if (error instanceof NoSuchProcess) return failure(ExitCode.usage, error.message)
  return failure(ExitCode.unavailable, error instanceof NotReady ? error.message : cluster.none)
}

const connected = Effect.flatMap(Settings.load, ({ dataDir }) => SupervisorClient.ofFolder(dataDir))

type Client = SupervisorClient.SupervisorClient

export const make = (texts: Texts) => {
  const { cluster } = texts
  const asked = <A, E, R>(ask: (client: Client) => Effect.Effect<A, E, R>) =>
    Effect.mapError(Effect.flatMap(connected, ask), refusal(texts))
  const shown = (status: ServiceStatus) => Console.log(ClusterTable.render(texts, { services: [status] }))

  const service = Args.text({ name: "service" }).pipe(Args.withDescription(cluster.service))

  const scale = Command.make("scale", {
    service,
    processes: Args.text({ name: "processes" }).pipe(Args.withDescription(cluster.processes))
  }, ({ processes, service }) =>
    isCount(Number(processes))
      ? Effect.flatMap(
        asked((client) => client.scale({ path: { service }, payload: { processes: Number(processes) } })),
        shown
      )
      : Effect.fail(failure(ExitCode.usage, cluster.countInvalid(service, most))))
    .pipe(Command.withDescription(cluster.scale))

  const simple = (name: "restart" | "stop" | "start") =>
    Command.make(
      name,
      { service },
      ({ service }) => Effect.flatMap(asked((client) => client[name]({ path: { service } })), shown)
    ).pipe(
      Command.withDescription(cluster[name])
    )

  const status = Command.make(
    "status",
    { json: CommonOptions.json(texts) },
    ({ json }) =>
      Effect.flatMap(asked((client) => client.status({})), (status) =>
        Console.log(
          json
            ? JSON.stringify(status)
            : [
              `${Colours.bold(status.url)}  ${cluster.states[status.state]}`,
              ClusterTable.render(texts, status)
            ]
              .join("\n")
        ))
  ).pipe(Command.withDescription(cluster.status))

  const logs = Command.make(
    "logs",
    {
      follow: Options.boolean("follow").pipe(
        Options.withAlias("f"),
        Options.withDescription(cluster.follow)
      ),
      service: Args.optional(service)
    },
    ({ follow, service }) =>
      Effect.flatMap(
        Settings.load,
        ({ dataDir }) => ClusterLogs.print(dataDir, Option.getOrUndefined(service), follow)
      ).pipe(
        Effect.catchTag("NoLogs", () => Effect.fail(failure(ExitCode.failure, cluster.noLogs)))
      )
  ).pipe(Command.withDescription(cluster.logs))

  return Command.make(
    "cluster",
    {
      order: count(texts, "order"),
      payment: count(texts, "payment"),
      delivery: count(texts, "delivery"),
      dashboard: count(texts, "dashboard"),
      gateway: count(texts, "gateway"),
      logs: Options.boolean("logs").pipe(Options.withDescription(cluster.printLogs)),
      autoscale: Options.boolean("autoscale").pipe(Options.withDescription(cluster.autoscale))
    },
    ({ autoscale, logs, ...counts }) =>
      // Loaded only here: the other commands start without the supervisor they talk to.
      Effect.flatMap(
        Effect.promise(() => import("./ClusterRun.ts")),
        ({ run }) => run(texts, { counts, logs, autoscale })
      )
  ).pipe(
    Command.withDescription(cluster.about),
    Command.withSubcommands([scale, simple("restart"), simple("stop"), simple("start"), status, logs])
  )
}

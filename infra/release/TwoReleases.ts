/** A cluster whose processes are of this checkout, or of the release before, whichever is chosen when one starts. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Command from "@effect/platform/Command"
import * as SupervisedCluster from "@saucier/app-saucier/SupervisedCluster"
import * as SupervisedServices from "@saucier/app-saucier/SupervisedServices"
import * as SupervisorLogs from "@saucier/app-saucier/SupervisorLogs"
import { SupervisorNews } from "@saucier/app-saucier/SupervisorNews"
import type { ServicePlan } from "@saucier/app-saucier/SupervisorPlan"
import * as SupervisorRecords from "@saucier/app-saucier/SupervisorRecords"
import * as ChaosDeskOff from "@saucier/assembly/ChaosDeskOff"
import * as Place from "@saucier/proof/Place"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { root } from "../bundle/kept.js"
import * as Previous from "./Previous.ts"

export type Release = "before" | "this"

/** The same command, with the program of another checkout. */
const inFolder = (folder: string) => (command: Command.Command): Command.Command => {
  const [standard] = Command.flatten(command)
  const parameters = standard.args.map((parameter) =>
    parameter.startsWith(`${root}/apps/`) ? parameter.replace(root, folder) : parameter
  )
  return Command.make(standard.command, ...parameters).pipe(
    Command.env(Object.fromEntries(standard.env))
  )
}

const isService = ({ name }: ServicePlan) => SupervisedServices.services.some((service) => service === name)

/** `choose` is asked at every start of a process of a service. */
export const start = (counts: SupervisedServices.Counts, choose: () => Release) =>
  Effect.gen(function*() {
    const data = yield* Place.folder
    const before = inFolder(yield* Previous.folder)
    const runs: Array<{ readonly release: Release; readonly url: string | null }> = []

    const chosen = (plan: ServicePlan): ServicePlan => ({
      ...plan,
      launch: (index) =>
        Effect.map(plan.launch(index), (launch) => {
          const release = choose()
          runs.push({ release, url: launch.url })
          return release === "before" ? { ...launch, command: before(launch.command) } : launch
        })
    })

    const surroundings = Layer.mergeAll(
      SupervisorRecords.layer(data),
      SupervisorLogs.layer({ dataDir: data }),
      Layer.succeed(SupervisorNews, { tell: (news) => Effect.logDebug(news) })
    ).pipe(
      Layer.provideMerge(Layer.merge(NodeContext.layer, NodeHttpClient.layerUndici)),
      Layer.provideMerge(Layer.setConfigProvider(ConfigProvider.fromMap(
        new Map([
          ["SAUCIER_DATA_DIR", data],
          ["SAUCIER_PROVIDER_PRESET", "healthy"]
        ])
      )))
    )
    const context = yield* Layer.build(surroundings)
    const { supervisor, url } = yield* Effect.provide(
      SupervisedCluster.open({
        dataDir: data,
        host: "127.0.0.1",
        port: 0,
        gateway: "gateway",
        desk: ChaosDeskOff.make("no-supervisor"),
        plan: (surroundings) =>
          Effect.map(
            SupervisedServices.make(counts)(surroundings),
            (tiers) => tiers.map((tier) => tier.map((plan) => isService(plan) ? chosen(plan) : plan))
          )
      }),
      context
    )
    yield* supervisor.start

    const named = (service: string) => supervisor.service(service)
    return {
      base: url,
      /** Of which release each process of a service is. */
      releases: (service: string) =>
        Effect.map(
          Effect.flatMap(named(service), ({ status }) => status),
          ({ processes }) => processes.map(({ url }) => runs.findLast((run) => run.url === url)?.release)
        ),
      /** Each process is replaced by one that gets ready first. */
      replace: (service: string) => Effect.flatMap(named(service), ({ restart }) => restart),
      scale: (service: string, count: number) => Effect.flatMap(named(service), ({ scale }) => scale(count))
    }
  })

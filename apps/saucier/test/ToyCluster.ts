/** A supervisor over toy services, in this process and a folder of its own. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Command from "@effect/platform/Command"
import * as SupervisedCluster from "@saucier/app-saucier/SupervisedCluster"
import * as SupervisedNode from "@saucier/app-saucier/SupervisedNode"
import * as SupervisorLogs from "@saucier/app-saucier/SupervisorLogs"
import { type News, SupervisorNews } from "@saucier/app-saucier/SupervisorNews"
import type { ServicePlan } from "@saucier/app-saucier/SupervisorPlan"
import * as SupervisorPorts from "@saucier/app-saucier/SupervisorPorts"
import * as SupervisorProbe from "@saucier/app-saucier/SupervisorProbe"
import * as SupervisorRecords from "@saucier/app-saucier/SupervisorRecords"
import { SupervisorTiming } from "@saucier/app-saucier/SupervisorTiming"
import * as ChaosDeskOff from "@saucier/assembly/ChaosDeskOff"
import * as SupervisorClient from "@saucier/runtime/SupervisorClient"
import type { ClusterStatus, ProcessStatus } from "@saucier/runtime/SupervisorHttp"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { fileURLToPath } from "node:url"

const program = fileURLToPath(new URL("ToyService.js", import.meta.url))

export interface Toy {
  readonly name: string
  readonly count?: number
  readonly alone?: "one-writer"
  readonly exit?: number
  readonly readyAfter?: number
  readonly stubborn?: boolean
  /** At the provider, that it tells of. */
  readonly calls?: number
}

export const plan = ({ alone, count = 1, ...toy }: Toy) =>
  Effect.map(Effect.context<Effect.Effect.Context<ReturnType<typeof SupervisorProbe.make>>>(), (context) => ({
    name: toy.name,
    count,
    ...(alone === undefined ? {} : { alone }),
    launch: () =>
      Effect.gen(function*() {
        const port = yield* SupervisorPorts.free
        const url = `http://127.0.0.1:${port}`
        return {
          command: Command.env(SupervisedNode.command(program), {
            SAUCIER_HTTP_PORT: `${port}`,
            TOY: JSON.stringify(toy)
          }),
          url,
          probe: yield* SupervisorProbe.make(url)
        }
      }).pipe(Effect.provide(context))
  } satisfies ServicePlan))

/** Everything that takes seconds for people takes a fraction of one here. */
export const hasty = Layer.succeed(SupervisorTiming, {
  look: Duration.millis(50),
  lookForReady: Duration.millis(20),
  read: Duration.millis(50),
  silentLooks: 2,
  firstAnswer: Duration.minutes(1),
  getReady: Duration.minutes(1),
  grace: Duration.seconds(3),
  firstPause: Duration.millis(50),
  longestPause: Duration.seconds(1),
  longestWait: Duration.millis(150),
  ranWell: Duration.seconds(30),
  scale: Duration.millis(200),
  measure: Duration.millis(500)
})

const surroundings = (dataDir: string, news: (news: News) => void) =>
  Layer.mergeAll(
    SupervisorRecords.layer(dataDir),
    SupervisorLogs.layer({ dataDir }),
    Layer.succeed(SupervisorNews, { tell: (one) => Effect.sync(() => news(one)) }),
    hasty
  ).pipe(Layer.provideMerge(NodeContext.layer), Layer.provideMerge(NodeHttpClient.layerUndici))

export const open = (
  dataDir: string,
  toys: ReadonlyArray<Toy>,
  news: (news: News) => void = () => {},
  desk = ChaosDeskOff.make("no-supervisor")
) =>
  Effect.flatMap(Layer.build(surroundings(dataDir, news)), (context) =>
    Effect.gen(function*() {
      const { supervisor, url } = yield* SupervisedCluster.open({
        dataDir,
        host: "127.0.0.1",
        port: 0,
        desk,
        gateway: toys.at(-1)?.name ?? "",
        plan: () => Effect.forEach(toys, (toy) => Effect.map(plan(toy), (one) => [one]))
      })
      const client = yield* SupervisorClient.ofFolder(dataDir)
      return { client, supervisor, url }
    }).pipe(Effect.provide(context)))

export const processOf = ({ services }: ClusterStatus, service: string, index: number) =>
  services.find((one) => one.service === service)?.processes.find((one) => one.index === index)

/** The status once a process is as wished. */
export const until = (
  client: SupervisorClient.SupervisorClient,
  service: string,
  index: number,
  wished: (process: ProcessStatus) => boolean
): Effect.Effect<ProcessStatus> =>
  Effect.flatMap(Effect.orDie(client.status({})), (status) => {
    const found = processOf(status, service, index)
    return found !== undefined && wished(found)
      ? Effect.succeed(found)
      : Effect.delay(until(client, service, index, wished), "20 millis")
  })

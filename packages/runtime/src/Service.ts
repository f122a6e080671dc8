/** A process that hosts one service of a cluster: health and metrics over HTTP, and a word when it is ready. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Draining from "./Draining.ts"
import { ExitCode } from "./ExitCode.ts"
import * as Health from "./Health.ts"
import * as HealthHttp from "./HealthHttp.ts"
import * as HttpRuntime from "./HttpRuntime.ts"
import * as Logs from "./Logs.ts"
import * as Main from "./Main.ts"
import * as MetricsHttp from "./MetricsHttp.ts"
import * as ProcessMetrics from "./ProcessMetrics.ts"
import * as Settings from "./Settings.ts"
import * as Telemetry from "./Telemetry.ts"
import * as TurnScheduler from "./TurnScheduler.ts"

/** Said in the store's own words; who started the process may try again later. */
class NoStore extends Data.TaggedError("NoStore")<{ readonly message: string }> {
  readonly exitCode = ExitCode.unavailable
}

/** Says `<name> is ready at <url>`, once it is. */
const announce = (name: string) =>
  Layer.scopedDiscard(Effect.gen(function*() {
    const health = yield* Health.Health
    const { url } = yield* HttpRuntime.HttpAddress
    const ready = Effect.map(health.results, (results) => results.every(({ ok }) => ok))
    yield* ready.pipe(
      Effect.repeat({ schedule: Schedule.spaced("50 millis"), until: (ok) => ok }),
      Effect.zipRight(Console.log(`${name} is ready at ${url}`)),
      Effect.forkScoped
    )
  }))

/** `/livez`, `/readyz` and `/metrics` at the process's own address. */
export const http = (build: { readonly version: string }) =>
  Layer.unwrapEffect(
    Effect.map(Settings.Settings, ({ httpHost: host, httpPort: port }) => HttpRuntime.serve({ host, port }))
  ).pipe(
    Layer.provide([HealthHttp.routes, MetricsHttp.routes, HttpApiBuilder.api(HttpApi.make("service"))]),
    Layer.provide(ProcessMetrics.layer(build))
  )

type Surroundings =
  | Settings.Settings
  | Settings.SettingsInForce
  | Health.Health
  | Draining.Draining
  | NodeContext.NodeContext

/** Runs a service until it is told to stop. What it hosts is closed after its HTTP has drained. */
export const run =
  (name: string) => <E>(service: Layer.Layer<HttpRuntime.HttpAddress, E, Surroundings>): void =>
    announce(name).pipe(
      Layer.provide(service),
      Layer.provide([Draining.layer, Health.layer]),
      Layer.provide(Settings.layer),
      Layer.provide(Telemetry.layer(name)),
      Layer.provide(NodeContext.layer),
      Layer.launch,
      Effect.catchIf(
        (error) => error instanceof EventStoreUnavailable,
        ({ message }) => new NoStore({ message })
      ),
      Effect.withScheduler(TurnScheduler.scheduler),
      Main.run(Logs.layer(name))
    )

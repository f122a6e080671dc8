/** The whole system in one process on SQLite. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as Api from "@saucier/assembly/Api"
import * as ApiLive from "@saucier/assembly/ApiLive"
import * as ApiTitles from "@saucier/assembly/ApiTitles"
import * as Contexts from "@saucier/assembly/Contexts"
import * as Feeds from "@saucier/assembly/Feeds"
import * as ProtectedProvider from "@saucier/payment/ProtectedProvider"
import { WebhookSecrets } from "@saucier/payment/WebhookSecrets"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Database from "@saucier/runtime/Database"
import * as DocsHttp from "@saucier/runtime/DocsHttp"
import * as Draining from "@saucier/runtime/Draining"
import * as Health from "@saucier/runtime/Health"
import * as HealthHttp from "@saucier/runtime/HealthHttp"
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as MetricsHttp from "@saucier/runtime/MetricsHttp"
import * as ProblemTitles from "@saucier/runtime/ProblemTitles"
import * as ProcessMetrics from "@saucier/runtime/ProcessMetrics"
import * as ProviderResilience from "@saucier/runtime/ProviderResilience"
import * as Settings from "@saucier/runtime/Settings"
import * as SseStreams from "@saucier/runtime/SseStreams"
import * as StaticFiles from "@saucier/runtime/StaticFiles"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { fileURLToPath } from "node:url"
import * as Provider from "./Provider.ts"

const order = Database.context("order")
const payment = Database.context("payment")
const delivery = Database.context("delivery")
const dashboard = Database.context("dashboard")

const feeds = Feeds.layer({ order, payment, delivery })

const protectedProvider = Layer.unwrapEffect(
  Effect.map(Settings.Settings, (settings) => ProtectedProvider.layer(ProviderResilience.make(settings)))
).pipe(Layer.provide(Provider.layer))

const contexts = Layer.mergeAll(
  Contexts.order.pipe(Layer.provide(order)),
  Contexts.payment.pipe(Layer.provide(protectedProvider), Layer.provide(payment)),
  Contexts.delivery.pipe(Layer.provide(delivery)),
  Contexts.dashboard.pipe(Layer.provide(dashboard))
).pipe(Layer.provide(feeds), Layer.provideMerge(Cluster.single(Contexts.contexts)))

const page = StaticFiles.routes(fileURLToPath(new URL("../../web/public", import.meta.url)))

const webhookSecrets = Layer.effect(
  WebhookSecrets,
  Effect.map(Settings.Settings, ({ webhookSecrets }) => Redacted.value(webhookSecrets).map(Redacted.make))
)

const gateway = Layer.unwrapEffect(
  Effect.map(
    Settings.Settings,
    ({ httpHost: host, httpMaxConcurrent: maxConcurrent, httpPort: port }) =>
      HttpRuntime.serve({ host, port, maxConcurrent })
  )
).pipe(
  Layer.provide([HealthHttp.routes, MetricsHttp.routes, DocsHttp.routes, page]),
  Layer.provide(ApiLive.layer),
  Layer.provide([webhookSecrets, Provider.layer]),
  Layer.provide([
    ProblemTitles.layer(ApiTitles.titles),
    SseStreams.layer(),
    ProcessMetrics.layer({ version: Api.version })
  ])
)

export const layer = gateway.pipe(
  Layer.provide(contexts),
  Layer.provideMerge(Provider.presets),
  Layer.provideMerge(Draining.layer),
  Layer.provide(Health.layer),
  Layer.provide(Settings.layer),
  Layer.provide(NodeContext.layer)
)

/** The whole system in one process, each context on the database that its setting names. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as Contexts from "@saucier/assembly/Contexts"
import * as Feeds from "@saucier/assembly/Feeds"
import * as Gateway from "@saucier/assembly/Gateway"
import * as ProviderGuard from "@saucier/assembly/ProviderGuard"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Database from "@saucier/runtime/Database"
import * as Draining from "@saucier/runtime/Draining"
import * as Health from "@saucier/runtime/Health"
import * as Page from "@saucier/runtime/Page"
import * as Settings from "@saucier/runtime/Settings"
import * as StoreFiles from "@saucier/runtime/StoreFiles"
import * as Telemetry from "@saucier/runtime/Telemetry"
import * as Layer from "effect/Layer"
import { fileURLToPath } from "node:url"
import * as ChaosSlot from "./ChaosSlot.ts"
import * as Provider from "./Provider.ts"

const order = Database.context("order")
const payment = Database.context("payment")
const delivery = Database.context("delivery")
const dashboard = Database.context("dashboard")

const feeds = Feeds.layer({ order, payment, delivery })

const contexts = Layer.mergeAll(
  Contexts.order.pipe(Layer.provide(order)),
  Contexts.payment.pipe(
    Layer.provide(ProviderGuard.layer.pipe(Layer.provideMerge(Provider.layer))),
    Layer.provide(payment)
  ),
  Contexts.delivery.pipe(Layer.provide(delivery)),
  Contexts.dashboard.pipe(Layer.provide(dashboard))
).pipe(Layer.provide(feeds), Layer.provideMerge(Cluster.single(Contexts.contexts)))

const pages = Page.routes(fileURLToPath(new URL("../../web/dist", import.meta.url)))

export const layer = ChaosSlot.single.pipe(
  Layer.provideMerge(Gateway.layer(pages)),
  Layer.provide([Provider.layer, ChaosSlot.desk]),
  Layer.provide(contexts),
  Layer.provide(ChaosSlot.layer),
  Layer.provideMerge(Provider.presets),
  Layer.provideMerge(Draining.layer),
  Layer.provide(StoreFiles.layer),
  Layer.provide(Health.layer),
  Layer.provide(Settings.layer),
  Layer.provide(Telemetry.layer("saucier")),
  Layer.provide(NodeContext.layer)
)

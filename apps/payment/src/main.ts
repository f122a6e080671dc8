import * as Api from "@saucier/assembly/Api"
import * as Contexts from "@saucier/assembly/Contexts"
import * as Feeds from "@saucier/assembly/Feeds"
import * as ProviderGuard from "@saucier/assembly/ProviderGuard"
import * as RemoteProvider from "@saucier/assembly/RemoteProvider"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Database from "@saucier/runtime/Database"
import * as Service from "@saucier/runtime/Service"
import * as Layer from "effect/Layer"

const payment = Database.context("payment")

Service.http(Api).pipe(
  Layer.provide(Contexts.payment),
  Layer.provide(ProviderGuard.layer.pipe(Layer.provideMerge(RemoteProvider.layer))),
  Layer.provide(Feeds.layer({ order: Database.feed("order"), payment, delivery: Database.feed("delivery") })),
  Layer.provide(payment),
  Layer.provide(Cluster.runner("payment", Contexts.contexts)),
  Service.run("payment")
)

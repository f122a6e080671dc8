import * as Api from "@saucier/assembly/Api"
import * as Contexts from "@saucier/assembly/Contexts"
import * as Feeds from "@saucier/assembly/Feeds"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Database from "@saucier/runtime/Database"
import * as Service from "@saucier/runtime/Service"
import * as Layer from "effect/Layer"

const order = Database.context("order")

Service.http(Api).pipe(
  Layer.provide(Contexts.order),
  Layer.provide(
    Feeds.layer({ order, payment: Database.feed("payment"), delivery: Database.feed("delivery") })
  ),
  Layer.provide(order),
  Layer.provide(Cluster.runner("order", Contexts.contexts)),
  Service.run("order")
)

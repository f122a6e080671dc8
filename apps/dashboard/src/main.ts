import * as Api from "@saucier/assembly/Api"
import * as Contexts from "@saucier/assembly/Contexts"
import * as Feeds from "@saucier/assembly/Feeds"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Database from "@saucier/runtime/Database"
import * as Service from "@saucier/runtime/Service"
import * as Layer from "effect/Layer"

const dashboard = Database.context("dashboard")

Service.http(Api).pipe(
  Layer.provide(Contexts.dashboard),
  Layer.provide(
    Feeds.layer({
      order: Database.feed("order"),
      payment: Database.feed("payment"),
      delivery: Database.feed("delivery")
    })
  ),
  Layer.provide(dashboard),
  Layer.provide(Cluster.runner("dashboard", Contexts.contexts)),
  Service.run("dashboard")
)

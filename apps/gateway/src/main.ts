import * as ChaosDeskSupervisor from "@saucier/assembly/ChaosDeskSupervisor"
import * as Contexts from "@saucier/assembly/Contexts"
import * as Gateway from "@saucier/assembly/Gateway"
import * as RemoteProvider from "@saucier/assembly/RemoteProvider"
import * as Authentication from "@saucier/runtime/Authentication"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Page from "@saucier/runtime/Page"
import * as Service from "@saucier/runtime/Service"
import * as Layer from "effect/Layer"
import { fileURLToPath } from "node:url"

const pages = Page.routes(fileURLToPath(new URL("../../web/dist", import.meta.url)))

Gateway.layer(pages, { drainDeadline: "10 seconds", idlePatience: "3 seconds" }).pipe(
  Layer.provide([RemoteProvider.layer, RemoteProvider.presets, ChaosDeskSupervisor.layer]),
  Layer.provide(Cluster.client(Contexts.contexts)),
  // First: a door that nobody guards is refused before anything else is looked for.
  Layer.provide(Authentication.layer),
  Service.run("gateway")
)

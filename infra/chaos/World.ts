/** A cluster that reaches its database through a network that misbehaves on demand. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as EmbeddedPostgres from "@saucier/app-saucier/EmbeddedPostgres"
import { because } from "@saucier/proof/Broken"
import * as Cluster from "@saucier/proof/Cluster"
import * as Place from "@saucier/proof/Place"
import * as TcpProxy from "@saucier/proof/TcpProxy"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"

/** The supervisor runs the server for the dashboard's sake, which alone knows where it is. */
const through = ["ORDER", "PAYMENT", "DELIVERY", "CLUSTER"]

const line = (data: string, nth: number) =>
  Effect.try({
    try: () => Number(readFileSync(join(data, "postgres/data/postmaster.pid"), "utf8").split("\n")[nth]),
    catch: () => because("PostgreSQL does not run")
  })

export const start = (options: Cluster.Options) =>
  Effect.gen(function*() {
    const data = yield* Place.folder
    const prepared = yield* EmbeddedPostgres.prepare(data, yield* LoopbackPort.free).pipe(
      Effect.provide(NodeContext.layer),
      Effect.mapError(({ detail }) => because(detail))
    )
    const network = yield* TcpProxy.make(line(data, 3))
    const url = new URL(prepared.url)
    url.port = `${network.port}`
    const settings = Object.fromEntries(through.map((name) => [`SAUCIER_${name}_DATABASE_URL`, url.href]))
    const cluster = yield* Cluster.start({ ...options, data, settings: { ...settings, ...options.settings } })
    return { ...cluster, network, postmaster: line(data, 0) }
  })
export type World = Effect.Effect.Success<ReturnType<typeof start>>

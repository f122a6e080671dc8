/** HTTP contract of the map of the system: its processes, who has which shard, which actors live there, the settings in force. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import * as WholeNumber from "@saucier/kernel/WholeNumber"
import { ShardMap } from "@saucier/runtime/ClusterMap"
import { ProcessFacts } from "@saucier/runtime/ProcessFacts"
import { Quiet } from "@saucier/runtime/Quiet"
import { SettingInForce } from "@saucier/runtime/Settings"
import * as Schema from "effect/Schema"
import { contexts } from "./Contexts.ts"
import * as ProbeEntity from "./ProbeEntity.ts"

const Context = Schema.Literal(...contexts)

/** One that has shards of the context; `facts` is null while it does not answer. */
const RunnerView = Schema.Struct({
  context: Context,
  runner: Schema.String,
  shards: Schema.Int,
  facts: Schema.NullOr(ProbeEntity.Facts)
})

/**
 * `gateway` is the process that answers. `runners` lists a process once for each context in which it has shards, `shards`
 * names the runner of each shard by its address, null where nobody has it. `at` is in epoch milliseconds.
 */
export const System = Schema.Struct({
  at: Schema.Number,
  gateway: ProcessFacts,
  runners: Schema.Array(RunnerView),
  shards: ShardMap
}).annotations({ identifier: "System" })
export type System = typeof System.Type

/** Nobody has such a shard. */
export class ShardNotFound extends Schema.TaggedError<ShardNotFound>()("ShardNotFound", {
  context: Context,
  shard: Schema.Int,
  shards: Schema.Int
}) {
  override get message() {
    return `shard must be a whole number from 1 to ${this.shards}: ${this.shard}`
  }
}

export class SystemHttp extends HttpApiGroup.make("system")
  .add(HttpApiEndpoint.get("system", "/ops/system").addSuccess(System).annotate(Quiet, true))
  .add(
    HttpApiEndpoint.get("residents", "/ops/system/:context/shards/:shard")
      .setPath(Schema.Struct({ context: Context, shard: WholeNumber.from(1) }))
      .addSuccess(ProbeEntity.Residents)
      .addError(ShardNotFound, { status: 404 })
      .annotate(Quiet, true)
  )
  .add(
    HttpApiEndpoint.get("settings", "/ops/settings")
      .addSuccess(Schema.Struct({ items: Schema.Array(SettingInForce) }))
  )
  .addError(ServiceUnavailable, { status: 503 })
{}

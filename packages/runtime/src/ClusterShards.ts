/** Which shards nobody has: what a runner that vanished leaves behind until another takes them. */
import * as ScopedGauge from "@saucier/eventsourcing/ScopedGauge"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import { ClusterMap } from "./ClusterMap.ts"

export const owned = Metric.gauge("saucier_shards_owned", {
  description: "Shards that this process has locked"
})

const unowned = Metric.gauge("saucier_shards_unowned", {
  description: "Shards of a group that no process has locked"
})

const make = (own: string | undefined) =>
  Effect.gen(function*() {
    const { shards } = yield* ClusterMap
    const free = yield* ScopedGauge.make(unowned, "group")
    const look = Effect.map(shards, (groups) => {
      for (const { group, shards } of groups) {
        free.set(group, shards.filter((runner) => runner === null).length)
      }
      if (own === undefined) return
      owned.unsafeUpdate(groups.flatMap(({ shards }) => shards).filter((runner) => runner === own).length, [])
    })
    yield* look.pipe(
      Effect.timeout("5 seconds"),
      Effect.catchAllCause(() => Effect.sync(free.clear)),
      Effect.zipRight(Effect.sleep("2 seconds")),
      Effect.forever,
      Effect.forkScoped
    )
  })

/** Looked at every two seconds by every process, so that it is known as long as one lives. */
export const layer = Layer.scopedDiscard(make(undefined))

/** Where one process has all: it is called so on the map. */
export const single = (runner: string) => Layer.scopedDiscard(make(runner))

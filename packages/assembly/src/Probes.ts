/** Asks every runner of the cluster how it is, by an actor in one of its shards. */
import { make as entityId } from "@effect/cluster/EntityId"
import { Sharding } from "@effect/cluster/Sharding"
import * as Ask from "@saucier/eventsourcing/Ask"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { ClusterMap, type ShardMap } from "@saucier/runtime/ClusterMap"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Contexts from "./Contexts.ts"
import * as ProbeEntity from "./ProbeEntity.ts"

/** `shards` counts those it has; it tells nothing while it does not answer. */
export interface Probed {
  readonly context: Contexts.Context
  readonly runner: string
  readonly shards: number
  readonly facts: Option.Option<ProbeEntity.Facts>
}

export class Probes extends Context.Tag("@saucier/assembly/Probes")<Probes, {
  /** Who has which shard; the same answer for some 300 ms. */
  readonly shards: Effect.Effect<ShardMap, EventStoreUnavailable>
  readonly runners: Effect.Effect<ReadonlyArray<Probed>, EventStoreUnavailable>
  /** Those that call the payment provider. */
  readonly payers: Effect.Effect<ReadonlyArray<Probed>, EventStoreUnavailable>
  readonly residents: (
    context: Contexts.Context,
    shard: number
  ) => Effect.Effect<typeof ProbeEntity.Residents.Type, Ask.ServiceUnavailable>
}>() {}

/** One that does not answer by then is silent. */
const patience = "1 second"

const clients = Effect.all({
  order: ProbeEntity.make("order").client,
  payment: ProbeEntity.make("payment").client,
  delivery: ProbeEntity.make("delivery").client,
  dashboard: ProbeEntity.make("dashboard").client
})

/** Names of actors, found by trying, so that each shard has one. */
const namesIn = (sharding: Sharding["Type"]) => {
  const names = new Map<number, string>()
  let tried = 0
  return (context: string, shard: number): string => {
    while (!names.has(shard)) {
      const name = `probe-${tried++}`
      const { id } = sharding.getShardId(entityId(name), context)
      if (!names.has(id)) names.set(id, name)
    }
    return names.get(shard) ?? ""
  }
}

const make = Effect.gen(function*() {
  const map = yield* ClusterMap
  const sharding = yield* Sharding
  const probeOf = yield* clients
  const nameIn = namesIn(sharding)
  const probe = (context: Contexts.Context, shard: number) => probeOf[context](nameIn(context, shard))

  const runnersAmong = (wanted: ReadonlyArray<Contexts.Context>) => (groups: ShardMap) =>
    Effect.forEach(
      wanted.flatMap((context) => {
        const shards = groups.find(({ group }) => group === context)?.shards ?? []
        const runners = new Set(shards.flatMap((runner) => runner ?? []))
        return [...runners].map((runner) => ({ context, runner, shards }))
      }),
      ({ context, runner, shards }) =>
        probe(context, shards.indexOf(runner) + 1).Facts().pipe(
          Ask.within(context, patience),
          Effect.option,
          Effect.map((facts): Probed => ({
            context,
            runner,
            shards: shards.filter((other) => other === runner).length,
            facts
          }))
        ),
      { concurrency: "unbounded" }
    )

  const shards = yield* Effect.cachedWithTTL(map.shards, "300 millis")
  const among = (wanted: ReadonlyArray<Contexts.Context>) =>
    Effect.cachedWithTTL(Effect.flatMap(shards, runnersAmong(wanted)), "500 millis")
  return Probes.of({
    shards,
    runners: yield* among(Contexts.contexts),
    payers: yield* among(["payment"]),
    residents: (context, shard) => Ask.within(context, patience)(probe(context, shard).Residents())
  })
})

export const layer = Layer.effect(Probes, make)

/** The actors that live in this process at this moment, by the shard that they belong to. */
import * as Entity from "@effect/cluster/Entity"
import type { EntityAddress } from "@effect/cluster/EntityAddress"
import * as Effect from "effect/Effect"
import { globalValue } from "effect/GlobalValue"
import type { Scope } from "effect/Scope"

const residents = globalValue(
  "@saucier/eventsourcing/Residents",
  () => new Map<string, Set<EntityAddress>>()
)

/** Counts the actor that is being built among them until it leaves; gives its address. */
export const arrive: Effect.Effect<EntityAddress, never, Entity.CurrentAddress | Scope> = Effect.flatMap(
  Entity.CurrentAddress,
  (address) => {
    const shard = address.shardId.toString()
    return Effect.acquireRelease(
      Effect.sync(() => {
        const there = residents.get(shard) ?? new Set()
        residents.set(shard, there.add(address))
        return address
      }),
      () => Effect.sync(() => residents.get(shard)?.delete(address))
    )
  }
)

/** Those of one shard, such as `order:7`. */
export const ofShard = (shard: string): ReadonlyArray<EntityAddress> => [...residents.get(shard) ?? []]

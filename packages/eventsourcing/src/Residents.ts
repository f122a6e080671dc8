/** The actors that live in this process at this moment, by the shard that they belong to. */
import * as Entity from "@effect/cluster/Entity"
import type { EntityAddress } from "@effect/cluster/EntityAddress"
import { Sharding } from "@effect/cluster/Sharding"
import * as Effect from "effect/Effect"
import { globalValue } from "effect/GlobalValue"
import type { Scope } from "effect/Scope"

const residents = globalValue(
  "@saucier/eventsourcing/Residents",
  () => new Map<string, Set<EntityAddress>>()
)

/** Opens when who lives there has left: one place for each actor of a process, which is known by its cluster. */
const places = globalValue(
  "@saucier/eventsourcing/Residents/places",
  () => new WeakMap<Sharding["Type"], Map<string, Effect.Latch>>()
)

const placesOf = (sharding: Sharding["Type"]) => {
  const known = places.get(sharding) ?? new Map<string, Effect.Latch>()
  places.set(sharding, known)
  return known
}

/**
 * Counts the actor that is being built among them until it leaves; gives its address. One that still has a message in
 * hand when the cluster sends it to sleep goes on for a while: its successor waits, or would answer from what it read
 * before its predecessor's last append.
 */
export const arrive: Effect.Effect<EntityAddress, never, Entity.CurrentAddress | Sharding | Scope> = Effect
  .gen(
    function*() {
      const address = yield* Entity.CurrentAddress
      const here = placesOf(yield* Sharding)
      const name = `${address.entityType}/${address.entityId}`
      const shard = address.shardId.toString()
      const left = Effect.unsafeMakeLatch()
      const enter: Effect.Effect<EntityAddress> = Effect.suspend(() => {
        const predecessor = here.get(name)
        if (predecessor !== undefined) return Effect.zipRight(Effect.interruptible(predecessor.await), enter)
        here.set(name, left)
        residents.set(shard, (residents.get(shard) ?? new Set()).add(address))
        return Effect.succeed(address)
      })
      return yield* Effect.acquireRelease(enter, () =>
        Effect.sync(() => {
          here.delete(name)
          residents.get(shard)?.delete(address)
          left.unsafeOpen()
        }))
    }
  )

/** Those of one shard, such as `order:7`. */
export const ofShard = (shard: string): ReadonlyArray<EntityAddress> => [...residents.get(shard) ?? []]

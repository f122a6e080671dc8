import * as Entity from "@effect/cluster/Entity"
import { EntityAddress } from "@effect/cluster/EntityAddress"
import { EntityId } from "@effect/cluster/EntityId"
import { EntityType } from "@effect/cluster/EntityType"
import * as ShardId from "@effect/cluster/ShardId"
import * as TestRunner from "@effect/cluster/TestRunner"
import { assert, describe, it } from "@effect/vitest"
import * as Residents from "@saucier/eventsourcing/Residents"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"

const jar = EntityAddress.make({
  entityType: EntityType.make("Jar"),
  entityId: EntityId.make("jar-1"),
  shardId: ShardId.make("jars", 1)
})

const arriving = (scope: Scope.Scope) =>
  Residents.arrive.pipe(
    Effect.provideService(Entity.CurrentAddress, jar),
    Effect.provideService(Scope.Scope, scope)
  )

describe("an actor that is woken while it still has a message in hand", () => {
  it.effect("waits until it has left, and only then is there again", () =>
    Effect.gen(function*() {
      const before = yield* Scope.make()
      yield* arriving(before)
      const successor = yield* Effect.fork(arriving(yield* Effect.scope))
      yield* TestClock.adjust("5 seconds")
      assert.isNull(successor.unsafePoll())
      assert.deepStrictEqual(Residents.ofShard("jars:1"), [jar])
      yield* Scope.close(before, Exit.void)
      yield* TestClock.adjust(0)
      assert.isNotNull(successor.unsafePoll())
      assert.deepStrictEqual(Residents.ofShard("jars:1"), [jar])
    }).pipe(Effect.scoped, Effect.provide(TestRunner.layer)))
})

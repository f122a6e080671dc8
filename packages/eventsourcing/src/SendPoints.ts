/** Puts every message that an actor is sent between two crash points, where somebody watches them. */
import { Sharding } from "@effect/cluster/Sharding"
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"

/** The same client, whose messages pass the point `send <entity>.<message>`. What it streams passes none. */
const pointed = <Client extends object>(client: Client, entity: string, around: CrashPoint.Around): Client =>
  new Proxy(client, {
    get: (target, message) => {
      const send: unknown = Reflect.get(target, message)
      if (typeof send !== "function" || typeof message !== "string") return send
      return (...payload: ReadonlyArray<unknown>) => {
        const sent: unknown = Reflect.apply(send, target, payload)
        return Effect.isEffect(sent) ? around(() => [`send ${entity}.${message}`])(sent) : sent
      }
    }
  })

/** Takes the cluster and gives it back: as it is, unless somebody watches. */
export const layer: Layer.Layer<Sharding, never, Sharding> = Layer.effect(
  Sharding,
  Effect.gen(function*() {
    const sharding = yield* Sharding
    const around = yield* CrashPoint.around
    if ((yield* FiberRef.get(CrashPoint.watcher)) === null) return sharding
    return Sharding.of({
      ...sharding,
      makeClient: (entity) =>
        Effect.map(
          sharding.makeClient(entity),
          (clientOf) => (entityId) => pointed(clientOf(entityId), entity.type, around)
        )
    })
  })
)

import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Order from "effect/Order"
import { type ParkedEvent, ParkedEvents } from "./ParkedEvents.ts"

const byStream = Order.combineAll<ParkedEvent>([
  Order.mapInput(Order.string, (parked) => parked.subscription),
  Order.mapInput(Order.string, (parked) => parked.event.streamId),
  Order.mapInput(Order.number, (parked) => parked.event.version)
])

/** Lives as long as the process. */
export const layer: Layer.Layer<ParkedEvents> = Layer.sync(ParkedEvents, () => {
  const parked = new Map<string, ParkedEvent>()
  const key = (subscription: string, eventId: string) => JSON.stringify([subscription, eventId])
  const listed = (subscription?: string) =>
    [...parked.values()]
      .filter((entry) => subscription === undefined || entry.subscription === subscription)
      .sort(byStream)
  return {
    park: (entry) =>
      Effect.sync(() => {
        parked.set(key(entry.subscription, entry.event.eventId), { ...entry, request: null })
      }),
    list: (subscription) => Effect.sync(() => listed(subscription)),
    request: (subscription, streamId, request) =>
      Effect.sync(() => {
        const first = listed(subscription).find((entry) => entry.event.streamId === streamId)
        if (first === undefined) return false
        parked.set(key(subscription, first.event.eventId), { ...first, request })
        return true
      }),
    remove: (subscription, eventId) =>
      Effect.sync(() => {
        parked.delete(key(subscription, eventId))
      })
  }
})

/** The log of one context through the operators' API. */
import { RecordedEvent } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Ask from "./Ask.ts"

export type Event = RecordedEvent

const Page = Schema.Struct({ items: Schema.Array(RecordedEvent) })

const pageSize = 1000

/** The log as far as it has come. Asked again it reads on from there, so that waiting for something costs little. */
export const follow = (base: string, context: "order" | "payment" | "delivery") => {
  const events: Array<Event> = []
  return Effect.gen(function*() {
    for (;;) {
      const after = events.at(-1)?.position ?? ""
      const { items } = yield* Ask.json(
        Page,
        `${base}/ops/events?context=${context}&limit=${pageSize}&after=${encodeURIComponent(after)}`
      )
      events.push(...items)
      if (items.length < pageSize) return [...events]
    }
  })
}

/** The log, whole and read anew. */
export const read = (base: string, context: "order" | "payment" | "delivery") =>
  Effect.suspend(() => follow(base, context))

/** The log of one context, whole, through the operators' API. */
import { RecordedEvent } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Ask from "./Ask.ts"

export type Event = RecordedEvent

const Page = Schema.Struct({ items: Schema.Array(RecordedEvent) })

const pageSize = 1000

export const read = (base: string, context: "order" | "payment" | "delivery") =>
  Effect.gen(function*() {
    const events: Array<Event> = []
    for (let after = "";;) {
      const { items } = yield* Ask.json(
        Page,
        `${base}/ops/events?context=${context}&limit=${pageSize}&after=${encodeURIComponent(after)}`
      )
      events.push(...items)
      const last = items.at(-1)
      if (items.length < pageSize || last === undefined) return events
      after = last.position
    }
  })

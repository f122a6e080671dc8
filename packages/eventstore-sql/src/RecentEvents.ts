/** The newest events of one store in memory, so that the live tail costs its readers no query. */
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import * as Option from "effect/Option"

export interface RecentEvents {
  /** The events after `after`, or none when they reach further back than memory does. */
  readonly after: (after: number, limit: number) => Option.Option<ReadonlyArray<RecordedEvent>>
  /** Takes the events of one commit, the first of which stands at `first`. */
  readonly push: (first: number, events: ReadonlyArray<RecordedEvent>) => void
}

/** Keeps between `capacity / 2` and `capacity` events; `head` is the last position in the log. */
export const make = (capacity: number, head: number): RecentEvents => {
  let kept: Array<RecordedEvent> = []
  let last = head
  return {
    after: (after, limit) => {
      const missing = last - after
      if (missing <= 0) return Option.some([])
      if (missing > kept.length) return Option.none()
      const from = kept.length - missing
      return Option.some(kept.slice(from, from + limit))
    },
    push: (first, events) => {
      if (first !== last + 1) kept = []
      for (const event of events) kept.push(event)
      last = first + events.length - 1
      if (kept.length > capacity) kept = kept.slice(-(capacity >> 1))
    }
  }
}

/** One connection to `/feed` that is made again whenever it breaks, and says honestly how it stands. */
import type { Row } from "../api/Dashboard.ts"
import type { Change, Liveness } from "./Change.ts"
import * as EventStream from "./EventStream.ts"

export interface Options {
  /** The seq to resume after, null to follow from now. */
  readonly after: () => number | null
  readonly onChanges: (changes: ReadonlyArray<Change>) => void
  readonly onLiveness: (liveness: Liveness) => void
  /** The server counts anew: its changes are no longer those that we know. */
  readonly onReset: () => void
}

/** The server is heard every fifteen seconds at the latest. */
const silence = 35_000
const staleAfter = 15_000
const retryAfter = { least: 500, most: 5_000 }

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

const changesOf = (events: ReadonlyArray<EventStream.StreamEvent>): ReadonlyArray<Change> =>
  events.flatMap(({ data, event, id }) => {
    if (event !== "order") return []
    const row: Row = JSON.parse(data)
    return [{ seq: Number(id), row }]
  })

/** Reads until the stream ends or falls silent; true when it had begun. */
const follow = async ({ after, onChanges, onReset }: Options, begun: () => void): Promise<void> => {
  const controller = new AbortController()
  let watchdog = setTimeout(() => controller.abort(), silence)
  try {
    const from = after()
    const response = await fetch("/feed", {
      headers: from === null ? {} : { "last-event-id": String(from) },
      cache: "no-store",
      signal: controller.signal
    })
    if (!response.ok || response.body === null) return
    begun()
    const events = EventStream.make()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let first = true
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(watchdog)
      watchdog = setTimeout(() => controller.abort(), silence)
      const changes = changesOf(events(value))
      const [next] = changes
      if (next === undefined) continue
      if (first && from !== null && next.seq <= from) onReset()
      first = false
      onChanges(changes)
    }
  } catch {
    // However it broke, it is made again.
  } finally {
    clearTimeout(watchdog)
    controller.abort()
  }
}

export const open = (options: Options): void => {
  let broken: number | null = null
  let wait = retryAfter.least
  let stale = setTimeout(() => {})

  const lost = () => {
    if (broken !== null) return
    const since = Date.now()
    broken = since
    options.onLiveness({ _tag: "reconnecting", since })
    stale = setTimeout(() => options.onLiveness({ _tag: "stale", since }), staleAfter)
  }
  const begun = () => {
    broken = null
    wait = retryAfter.least
    clearTimeout(stale)
    options.onLiveness({ _tag: "live" })
  }

  const forever = async () => {
    for (;;) {
      await follow(options, begun)
      lost()
      await Promise.race([
        pause(wait * (0.75 + Math.random() / 2)),
        new Promise((resolve) => addEventListener("online", resolve, { once: true }))
      ])
      wait = Math.min(retryAfter.most, wait * 1.6)
    }
  }
  void forever()
}

/** The tables of one context, and the journal they can be rebuilt from after the power went. */
import type { Position, RecordedEvent, StreamId } from "@saucier/eventsourcing/Event"
import type { ParkedEvent } from "@saucier/eventsourcing/ParkedEvents"

export interface Tables {
  /** In the order of their positions. */
  readonly log: Array<RecordedEvent>
  readonly streams: Map<StreamId, ReadonlyArray<RecordedEvent>>
  readonly checkpoints: Map<string, Position>
  readonly reminders: Map<string, Map<StreamId, number>>
  readonly parked: Map<string, ParkedEvent>
  /** Rows of read models, by table and key. */
  readonly rows: Map<string, Map<string, string>>
}

/** A change of some tables. It is run again when the tables are rebuilt, so it looks at nothing else. */
export type Change = (tables: Tables) => void

export interface ContextState {
  readonly tables: () => Tables
  /** The tables as they stood so many milliseconds ago, or later: a copy that has been further does not go back. */
  readonly behind: (millis: number) => Tables
  /** `synced`: on the disk, with all that was committed before, when this returns. */
  readonly commit: (change: Change, synced: boolean) => void
  /** Of what was not synced, `keep` (0 to 1) is found on the disk afterwards. Tells how many commits are gone. */
  readonly losePower: (keep: number) => number
}

const empty = (): Tables => ({
  log: [],
  streams: new Map(),
  checkpoints: new Map(),
  reminders: new Map(),
  parked: new Map(),
  rows: new Map()
})

const numberOf = (position: Position): number => Number(position)

/** Commits come in another order than their positions were given out: late ones find their place. */
export const insert = (tables: Tables, recorded: RecordedEvent): void => {
  const { log, streams } = tables
  let index = log.length
  for (; index > 0; index--) {
    const before = log[index - 1]
    if (before === undefined || numberOf(before.position) < numberOf(recorded.position)) break
  }
  log.splice(index, 0, recorded)
  streams.set(recorded.streamId, [...streams.get(recorded.streamId) ?? [], recorded])
}

/** `now` is in milliseconds. */
export const make = (now: () => number): ContextState => {
  let tables = empty()
  let journal: Array<{ readonly at: number; readonly change: Change }> = []
  let safe = 0
  let copy = empty()
  let copied = 0
  return {
    tables: () => tables,
    behind: (millis) => {
      const until = now() - millis
      for (let next = journal[copied]; next !== undefined && next.at <= until; next = journal[copied]) {
        next.change(copy)
        copied++
      }
      return copy
    },
    commit: (change, synced) => {
      change(tables)
      journal.push({ at: now(), change })
      if (synced) safe = journal.length
    },
    losePower: (keep) => {
      const kept = safe + Math.floor((journal.length - safe) * keep)
      const lost = journal.length - kept
      journal = journal.slice(0, kept)
      tables = empty()
      for (const { change } of journal) change(tables)
      copy = empty()
      copied = 0
      return lost
    }
  }
}

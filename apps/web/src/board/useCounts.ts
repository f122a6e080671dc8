/** The counts by state, asked for again at most once a second while orders change. */
import { useEffect, useState } from "react"
import * as Dashboard from "../api/Dashboard.ts"
import * as Feed from "../live/Feed.ts"
import * as Later from "../live/Later.ts"

const spacing = 1_000

export const useCounts = (): Dashboard.Counts | null => {
  const [counts, setCounts] = useState<Dashboard.Counts | null>(null)
  useEffect(() => {
    const left = new AbortController()
    const read = Later.make(async () => {
      // A count that could not be read is read again with the next change.
      const next = await Dashboard.counts(left.signal).catch(() => null)
      if (next !== null && !left.signal.aborted) setCounts(next)
    }, { spacing })
    read.ask()
    const stop = [Feed.onChanges(read.ask), Feed.onGap(read.ask), read.stop]
    return () => {
      left.abort()
      for (const each of stop) each()
    }
  }, [])
  return counts
}

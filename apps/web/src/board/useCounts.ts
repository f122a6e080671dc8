/** The counts by state, asked for again at most once a second while orders change. */
import { useEffect, useRef, useState } from "react"
import * as Dashboard from "../api/Dashboard.ts"
import * as Feed from "../live/Feed.ts"

const spacing = 1_000

export const useCounts = (): Dashboard.Counts | null => {
  const [counts, setCounts] = useState<Dashboard.Counts | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    const stopped = new AbortController()
    let asked = -spacing
    const ask = async () => {
      asked = performance.now()
      // A count that could not be read is read again with the next change.
      const next = await Dashboard.counts(stopped.signal).catch(() => null)
      if (next !== null && !stopped.signal.aborted) setCounts(next)
    }
    const soon = () => {
      timer.current ??= setTimeout(() => {
        timer.current = null
        void ask()
      }, Math.max(0, asked + spacing - performance.now()))
    }
    soon()
    const stop = [Feed.onChanges(soon), Feed.onGap(soon)]
    return () => {
      stopped.abort()
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
      for (const each of stop) each()
    }
  }, [])
  return counts
}

/** The orders of the board: read page by page from the newest on, and kept right by the feed. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import * as Dashboard from "../api/Dashboard.ts"
import * as Problem from "../api/Problem.ts"
import * as Feed from "../live/Feed.ts"
import { capacity, Rows } from "../live/Rows.ts"
import type { Group } from "./Filter.ts"

export interface Orders {
  readonly rows: Rows
  /** Rises with each change of `rows`. */
  readonly version: number
  readonly loading: boolean
  readonly problem: Problem.Problem | null
  /** Reads older orders, unless there are none or enough. */
  readonly more: () => void
  readonly reload: () => void
}

/** The server is asked for the orders of a state or branch only; what else the feed brings is for the view to leave out. */
export const useOrders = (state: Group | "", branch: string): Orders => {
  const [epoch, setEpoch] = useState(0)
  const rows = useMemo(() => new Rows(capacity), [state, branch, epoch])
  const [version, setVersion] = useState(0)
  const [loading, setLoading] = useState(true)
  const [problem, setProblem] = useState<Problem.Problem | null>(null)
  const reading = useRef<AbortController | null>(null)
  const changed = useCallback(() => setVersion((before) => before + 1), [])

  const read = useCallback(async () => {
    const own = new AbortController()
    reading.current = own
    setLoading(true)
    try {
      const { cursor } = rows
      const { answer: page, meanwhile } = await Feed.during(() =>
        Dashboard.list({ state, branch, cursor, limit: Dashboard.pageLimit }, own.signal)
      )
      if (own.signal.aborted) return
      rows.append(page.items, page.nextCursor)
      rows.apply(meanwhile)
      setProblem(null)
      changed()
    } catch (thrown) {
      if (!own.signal.aborted) setProblem(Problem.ofThrown(thrown))
    } finally {
      if (reading.current === own) {
        reading.current = null
        setLoading(false)
      }
    }
  }, [rows, state, branch, changed])

  useEffect(() => {
    const stop = [
      Feed.onChanges((changes) => {
        rows.apply(changes.map(({ row }) => row))
        changed()
      }),
      Feed.onGap(() => setEpoch((before) => before + 1))
    ]
    void read()
    return () => {
      for (const each of stop) each()
      reading.current?.abort()
      reading.current = null
    }
  }, [rows, read, changed])

  const more = useCallback(() => {
    if (reading.current === null && !rows.complete && !rows.full) void read()
  }, [rows, read])
  const reload = useCallback(() => setEpoch((before) => before + 1), [])
  return { rows, version, loading, problem, more, reload }
}

/** The deliveries of one status, the oldest first, as they come and go. */
import { useCallback, useEffect, useState } from "react"
import * as Deliveries from "../api/Deliveries.ts"
import { useLoaded } from "../api/useLoaded.ts"
import * as Feed from "../live/Feed.ts"
import * as Later from "../live/Later.ts"
import { type Listed, withoutGone } from "./Listed.ts"

const spacing = 1_000

/** Reads pages until it has so many, or all there are. */
const readUpTo = async (status: Deliveries.Status, most: number, signal: AbortSignal): Promise<Listed> => {
  const items: Array<Deliveries.DeliveryView> = []
  let cursor: string | null = ""
  while (cursor !== null && items.length < most) {
    const page: Deliveries.Page = await Deliveries.list(
      { status, order: "oldest", cursor, limit: Math.min(Deliveries.pageLimit, most - items.length) },
      signal
    )
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { items, more: cursor !== null }
}

export const useDeliveries = (status: Deliveries.Status) => {
  const [most, setMost] = useState(50)
  const loaded = useLoaded(async (signal) => {
    const { answer, meanwhile } = await Feed.during(() => readUpTo(status, most, signal))
    return withoutGone(answer, status, meanwhile)
  }, [status, most])
  const { amend, reload } = loaded

  // One that has moved on goes at once; those that come are read together, a moment later.
  useEffect(() => {
    const read = Later.make(reload, { gather: spacing, spacing })
    const stop = [
      Feed.onChanges((changes) => {
        const rows = changes.map(({ row }) => row)
        amend((before) => withoutGone(before, status, rows))
        if (rows.some(({ deliveryStatus }) => deliveryStatus === status)) read.ask()
      }),
      Feed.onGap(read.ask),
      read.stop
    ]
    return () => {
      for (const each of stop) each()
    }
  }, [status, reload, amend])

  return { ...loaded, showMore: useCallback(() => setMost((before) => before + 100), []) }
}

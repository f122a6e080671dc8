/** The deliveries of one status, the oldest first, as they come and go. */
import { useCallback, useEffect, useState } from "react"
import * as Deliveries from "../api/Deliveries.ts"
import { useLoaded } from "../api/useLoaded.ts"
import * as Feed from "../live/Feed.ts"

const spacing = 1_000

interface Listed {
  readonly items: ReadonlyArray<Deliveries.DeliveryView>
  readonly more: boolean
}

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
  const loaded = useLoaded((signal) => readUpTo(status, most, signal), [status, most])
  const { reload, replace, value } = loaded

  // One that has moved on goes at once; those that come are read together, a moment later.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null
        void reload()
      }, spacing)
    }
    const stop = [
      Feed.onChanges((changes) => {
        const gone = new Set(
          changes.filter(({ row }) => row.deliveryStatus !== status).map(({ row }) => row.orderId)
        )
        if (value !== null && value.items.some(({ orderId }) => gone.has(orderId))) {
          replace({ ...value, items: value.items.filter(({ orderId }) => !gone.has(orderId)) })
        }
        if (changes.some(({ row }) => row.deliveryStatus === status)) soon()
      }),
      Feed.onGap(soon)
    ]
    return () => {
      if (timer !== null) clearTimeout(timer)
      for (const each of stop) each()
    }
  }, [status, reload, replace, value])

  return { ...loaded, showMore: useCallback(() => setMost((before) => before + 100), []) }
}

/** Orders a second, from those that the feed names for the first time. */
import { useEffect, useState } from "react"
import * as Feed from "../live/Feed.ts"
import * as OrderTime from "./OrderTime.ts"
import * as Rate from "./Rate.ts"

export const useRate = (): number => {
  const [perSecond, setPerSecond] = useState(0)
  useEffect(() => {
    const rate = Rate.make()
    let newest = ""
    const stop = Feed.onChanges((changes) => {
      for (const { row: { orderId } } of changes) {
        if (orderId <= newest) continue
        newest = orderId
        rate.count(1, OrderTime.of(orderId))
      }
    })
    const timer = setInterval(() => setPerSecond(rate.perSecond(Date.now())), 1_000)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [])
  return perSecond
}

/** The dashboard's row of one order, as it changes. */
import { useEffect } from "react"
import * as Dashboard from "../api/Dashboard.ts"
import { type Loaded, useLoaded } from "../api/useLoaded.ts"
import * as Feed from "./Feed.ts"

export const useRow = (orderId: string): Loaded<Dashboard.Row> => {
  const loaded = useLoaded(async (signal) => {
    const { answer, meanwhile } = await Feed.during(() => Dashboard.get(orderId, signal))
    return meanwhile.findLast((row) => row.orderId === orderId) ?? answer
  }, [orderId])
  const { reload, replace } = loaded
  useEffect(() => Feed.onRow(orderId, replace), [orderId, replace])
  useEffect(() => Feed.onGap(() => void reload()), [reload])
  return loaded
}

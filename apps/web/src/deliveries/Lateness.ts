/** When a delivery has waited longer than a branch should have to. Times in milliseconds. */
import type { DeliveryView, Status } from "../api/Deliveries.ts"

const minute = 60_000

const patience: Partial<Readonly<Record<Status, number>>> = {
  Preparing: 10 * minute,
  Replanned: 10 * minute,
  Dispatched: 60 * minute
}

/** Since when it stands where it does. */
export const since = ({ stages }: DeliveryView): number => {
  const last = stages.at(-1)
  return last === undefined ? 0 : Date.parse(last.at)
}

export const isLate = (delivery: DeliveryView, now: number): boolean => {
  const most = patience[delivery.status]
  return most !== undefined && now - since(delivery) > most
}

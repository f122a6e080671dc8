/** Addresses of pages. */
import type { Row } from "./api/Dashboard.ts"
import { query } from "./api/Http.ts"

export const storyPath = (orderId: string): string => `/app/orders/${orderId}`

export const deliveriesPath = "/app/deliveries"

export const paymentsPath = "/app/payments"

export const systemPath = "/app/system"

export const chaosPath = "/app/chaos"

export const placePath = "/app/place"

/** The form, filled in with what was ordered before. */
export const placeAgainPath = (
  { branchId, price, qty, sauceId }: Pick<Row, "branchId" | "price" | "qty" | "sauceId">
): string => `${placePath}${query({ branchId, sauceId, qty, price })}`

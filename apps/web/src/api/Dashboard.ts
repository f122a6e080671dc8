import type * as Dashboard from "@saucier/dashboard/Dashboard"
import { query, read } from "./Http.ts"

export type Row = typeof Dashboard.DashboardRow.Encoded
export type State = typeof Dashboard.DashboardState.Encoded
export type Lane = typeof Dashboard.DashboardLane.Encoded
export type Counts = typeof Dashboard.DashboardCounts.Encoded
export type Page = typeof Dashboard.DashboardPage.Encoded

/** The most rows that one answer holds. */
export const pageLimit = 200

export const list = (
  filter: {
    readonly state: State | Lane | ""
    readonly branch: string
    readonly cursor: string
    readonly limit: number
  },
  signal?: AbortSignal
): Promise<Page> =>
  read(
    `/orderDashboards${
      query({ status: filter.state, branchId: filter.branch, limit: filter.limit, cursor: filter.cursor })
    }`,
    signal
  )

export const get = (orderId: string, signal?: AbortSignal): Promise<Row> =>
  read(`/orderDashboards/${encodeURIComponent(orderId)}`, signal)

export const counts = (signal?: AbortSignal): Promise<Counts> => read("/counts", signal)

/** The dashboard's rows. */
import { DashboardPage, type DashboardRow } from "@saucier/dashboard/Dashboard"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"

export const all = (base: string, branchId?: string) =>
  Effect.gen(function*() {
    const rows: Array<DashboardRow> = []
    const branch = branchId === undefined ? "" : `&branchId=${branchId}`
    for (let cursor: string | null = ""; cursor !== null;) {
      const from: string = cursor === "" ? "" : `&cursor=${cursor}`
      const page: DashboardPage = yield* Ask.json(
        DashboardPage,
        `${base}/orderDashboards?limit=200${branch}${from}`
      )
      rows.push(...page.items)
      cursor = page.nextCursor
    }
    return rows
  })

/** How many of the rows are there again, and equal. */
export const alike = (before: ReadonlyArray<DashboardRow>, after: ReadonlyArray<DashboardRow>) => {
  const found = new Set(after.map((row) => JSON.stringify(row)))
  return before.filter((row) => found.has(JSON.stringify(row))).length
}

/** Once they stay as they are. */
export const atRest = (base: string): ReturnType<typeof all> =>
  Effect.gen(function*() {
    const before = yield* all(base)
    const after = yield* Effect.delay(all(base), "500 millis")
    return alike(before, after) === after.length ? after : yield* atRest(base)
  })

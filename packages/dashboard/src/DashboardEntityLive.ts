import * as Effect from "effect/Effect"
import { DashboardEntity } from "./DashboardEntity.ts"
import * as DashboardFollow from "./DashboardFollow.ts"
import { DashboardRebuild } from "./DashboardRebuild.ts"
import { DashboardView } from "./DashboardView.ts"

export const DashboardEntityLive = DashboardEntity.toLayer(
  Effect.gen(function*() {
    const view = yield* DashboardView
    const rebuild = yield* DashboardRebuild
    const follow = yield* DashboardFollow.make

    return DashboardEntity.of({
      GetRow: ({ payload }) => view.get(payload.orderId),
      List: ({ payload }) => view.list(payload),
      Counts: () => view.counts,
      BranchCounts: ({ payload }) => view.countsOf(payload.branchId),
      Changes: ({ payload }) => follow(payload.after, payload.limit, payload.waitMillis),
      Head: () => view.head,
      Rebuild: () => rebuild.start,
      RebuildStatus: () => rebuild.progress
    })
  }),
  { concurrency: "unbounded" }
)

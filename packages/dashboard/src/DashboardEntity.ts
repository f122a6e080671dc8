/** Protocol of the one entity that answers for the read model, so that whoever asks needs no database. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { BranchId } from "@saucier/kernel/Goods"
import { OrderId } from "@saucier/kernel/Ids"
import * as Schema from "effect/Schema"
import {
  ChangeSeq,
  DashboardChanges,
  DashboardCounts,
  DashboardLane,
  DashboardPage,
  DashboardRow,
  DashboardRowNotFound,
  DashboardState
} from "./Dashboard.ts"
import { RebuildProgress } from "./RebuildProgress.ts"

/** There is one board. */
export const boardId = "board"

export const PageLimit = Schema.Int.pipe(Schema.between(1, 200))

/**
 * - `Changes` answers at once when there are any after `after`, else waits for some up to `waitMillis`.
 * - `Head` is the seq after which only what is yet to come lies.
 * - `Rebuild` starts one unless one is under way, and tells its progress as `RebuildStatus` does.
 */
export const DashboardEntity = Entity.make("Dashboard", [
  Rpc.make("GetRow", {
    payload: { orderId: OrderId },
    success: DashboardRow,
    error: Schema.Union(DashboardRowNotFound, EventStoreUnavailable)
  }),
  Rpc.make("List", {
    payload: {
      state: Schema.optional(DashboardState),
      lane: Schema.optional(DashboardLane),
      branchId: Schema.optional(BranchId),
      cursor: Schema.optional(OrderId),
      limit: PageLimit
    },
    success: DashboardPage,
    error: EventStoreUnavailable
  }),
  Rpc.make("Counts", { success: DashboardCounts, error: EventStoreUnavailable }),
  Rpc.make("BranchCounts", {
    payload: { branchId: BranchId },
    success: DashboardCounts,
    error: EventStoreUnavailable
  }),
  Rpc.make("Changes", {
    payload: {
      after: ChangeSeq,
      limit: Schema.Int.pipe(Schema.between(1, 1000)),
      waitMillis: Schema.Int.pipe(Schema.between(0, 60_000))
    },
    success: DashboardChanges,
    error: EventStoreUnavailable
  }),
  Rpc.make("Head", { success: ChangeSeq, error: EventStoreUnavailable }),
  Rpc.make("Rebuild", { success: RebuildProgress }),
  Rpc.make("RebuildStatus", { success: RebuildProgress })
]).annotate(ClusterSchema.ShardGroup, () => "dashboard")

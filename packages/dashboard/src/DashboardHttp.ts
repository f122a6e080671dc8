/** HTTP contract of the dashboard. `status` filters by the row's state, as the seed called it, or by a lane. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import { BranchId } from "@saucier/kernel/Goods"
import { OrderId } from "@saucier/kernel/Ids"
import * as PageLimit from "@saucier/kernel/PageLimit"
import * as Schema from "effect/Schema"
import {
  DashboardCounts,
  DashboardLane,
  DashboardPage,
  DashboardRow,
  DashboardRowNotFound,
  DashboardState
} from "./Dashboard.ts"

const query = Schema.Struct({
  status: Schema.optional(Schema.Literal(...DashboardState.literals, ...DashboardLane.literals)),
  branchId: Schema.optional(BranchId),
  limit: PageLimit.upTo(200, 50),
  cursor: Schema.optional(OrderId)
})

const everyone = ["branch", "clerk", "dispatcher", "operator"] as const

export class DashboardHttp extends HttpApiGroup.make("orderDashboards")
  .add(
    HttpApiEndpoint.get("listRows", "/orderDashboards")
      .setUrlParams(query)
      .addSuccess(DashboardPage)
      .annotate(Access, everyone)
  )
  .add(
    HttpApiEndpoint.get("getRow", "/orderDashboards/:orderId")
      .setPath(Schema.Struct({ orderId: Schema.String }))
      .addSuccess(DashboardRow)
      .addError(DashboardRowNotFound, { status: 404 })
      .annotate(Access, everyone)
  )
  .add(
    HttpApiEndpoint.get("countRows", "/counts")
      .addSuccess(DashboardCounts)
      .annotate(Access, everyone)
  )
  .addError(ServiceUnavailable, { status: 503 })
{}

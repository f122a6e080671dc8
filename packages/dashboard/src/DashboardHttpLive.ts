import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Ids from "@saucier/kernel/Ids"
import * as Principal from "@saucier/kernel/Principal"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { DashboardLane, type DashboardRow, DashboardRowNotFound } from "./Dashboard.ts"
import { boardId, DashboardEntity } from "./DashboardEntity.ts"
import { DashboardHttp } from "./DashboardHttp.ts"

const answerWithin = Ask.within("dashboard", "5 seconds")

/** Another branch's row is none. */
const ofOwnBranch = (row: DashboardRow) =>
  Effect.flatMap(
    Principal.CurrentPrincipal,
    (principal) => Principal.sees(principal, row.branchId) ? Effect.succeed(row) : new DashboardRowNotFound()
  )

const isLane = Schema.is(DashboardLane)

const orderNamed = Ids.named(Ids.OrderId, () => new DashboardRowNotFound())

export const DashboardHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(DashboardHttp),
  "orderDashboards",
  (handlers) =>
    Effect.gen(function*() {
      const board = (yield* DashboardEntity.client)(boardId)

      return handlers
        .handle("listRows", ({ urlParams: { status, ...rest } }) =>
          Effect.flatMap(Principal.CurrentPrincipal, ({ branchId }) =>
            answerWithin(board.List({
              ...rest,
              ...(status === undefined ? {} : isLane(status) ? { lane: status } : { state: status }),
              ...(branchId === null ? {} : { branchId })
            }))))
        .handle("getRow", ({ path }) =>
          Effect.flatMap(orderNamed(path.orderId), (orderId) =>
            Effect.flatMap(answerWithin(board.GetRow({ orderId })), ofOwnBranch)))
        .handle("countRows", () =>
          Effect.flatMap(Principal.CurrentPrincipal, ({ branchId }) =>
            answerWithin(branchId === null ? board.Counts() : board.BranchCounts({ branchId }))))
    })
)

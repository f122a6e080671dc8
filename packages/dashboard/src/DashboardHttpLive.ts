import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Ids from "@saucier/kernel/Ids"
import * as Effect from "effect/Effect"
import { DashboardRowNotFound } from "./Dashboard.ts"
import { boardId, DashboardEntity } from "./DashboardEntity.ts"
import { DashboardHttp } from "./DashboardHttp.ts"

const answerWithin = Ask.within("dashboard", "5 seconds")

const orderNamed = Ids.named(Ids.OrderId, () => new DashboardRowNotFound())

export const DashboardHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(DashboardHttp),
  "orderDashboards",
  (handlers) =>
    Effect.gen(function*() {
      const board = (yield* DashboardEntity.client)(boardId)

      return handlers
        .handle("listRows", ({ urlParams: { status, ...rest } }) =>
          answerWithin(board.List({ ...rest, ...(status === undefined ? {} : { state: status }) })))
        .handle("getRow", ({ path }) =>
          Effect.flatMap(orderNamed(path.orderId), (orderId) =>
            answerWithin(board.GetRow({ orderId }))))
        .handle("countRows", () =>
          answerWithin(board.Counts()))
    })
)

import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Effect from "effect/Effect"
import { boardId, DashboardEntity } from "./DashboardEntity.ts"
import { DashboardHttp } from "./DashboardHttp.ts"

const answerWithin = Ask.within("dashboard", "5 seconds")

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
          answerWithin(board.GetRow(path)))
        .handle("countRows", () =>
          answerWithin(board.Counts()))
    })
)

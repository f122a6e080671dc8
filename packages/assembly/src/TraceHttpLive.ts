import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Effect from "effect/Effect"
import { boardId, TraceBoardEntity } from "./TraceBoardEntity.ts"
import { TraceHttp, TraceNotFound } from "./TraceHttp.ts"

const answerWithin = Ask.within("dashboard", "5 seconds")

export const TraceHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(TraceHttp),
  "traces",
  (handlers) =>
    Effect.map(TraceBoardEntity.client, (boardOf) => {
      const board = boardOf(boardId)
      return handlers
        .handle("recentTraces", ({ urlParams: { limit, orderId = null } }) =>
          Effect.map(
            answerWithin(board.Recent({ limit, orderId })),
            ({ logs, traces }) => ({ items: traces, logs })
          ))
        .handle("trace", ({ path: { traceId } }) =>
          Effect.flatMap(
            answerWithin(board.Trace({ traceId })),
            (trace) => trace === null ? Effect.fail(new TraceNotFound()) : Effect.succeed(trace)
          ))
    })
)

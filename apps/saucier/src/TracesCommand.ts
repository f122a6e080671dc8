import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import { OrderId } from "@saucier/kernel/Ids"
import { ExitCode } from "@saucier/runtime/ExitCode"
import type { TraceSummary } from "@saucier/runtime/Trace"
import Table from "cli-table3"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"
import * as TraceTree from "./TraceTree.ts"

/** What `GET /traces` gives at most. */
const most = 200

const rowOf = ({ duration, failed, name, orderId, services, spans, startedAt, traceId }: TraceSummary) => [
  DateTime.formatIso(DateTime.unsafeMake(startedAt)),
  failed ? Colours.red(name) : name,
  duration.toFixed(1),
  spans,
  services.join(", "),
  orderId ?? "",
  traceId
]

export const make = (texts: Texts) =>
  Command.make("traces", {
    url: CommonOptions.url(texts),
    json: CommonOptions.json(texts),
    limit: CommonOptions.number(
      "limit",
      (limit) => Number.isInteger(limit) && limit >= 1 && limit <= most,
      texts.traces.limitInvalid
    ).pipe(
      Options.withAlias("n"),
      Options.withDefault(20),
      Options.withDescription(texts.traces.limit)
    ),
    order: Options.text("order").pipe(
      Options.filterMap(Schema.decodeUnknownOption(OrderId), texts.traces.orderInvalid),
      Options.optional,
      Options.withDescription(texts.traces.order)
    ),
    trace: Args.text({ name: "trace" }).pipe(Args.optional, Args.withDescription(texts.traces.trace))
  }, ({ json, limit, order, trace, url }) =>
    Effect.gen(function*() {
      const server = yield* Server.make(texts, url)
      if (Option.isSome(trace)) {
        const traceId = trace.value
        const found = yield* server.find(server.api.traces.trace({ path: { traceId } }))
        if (Option.isNone(found)) {
          return yield* new CommandFailed({
            exitCode: ExitCode.failure,
            message: texts.traces.unknown(traceId)
          })
        }
        if (json) return yield* Console.log(JSON.stringify(found.value))
        return yield* Console.log(TraceTree.lines(found.value).join("\n"))
      }
      const { items } = yield* server.ask(
        server.api.traces.recentTraces({ urlParams: { limit, orderId: Option.getOrUndefined(order) } })
      )
      if (json) return yield* Console.log(JSON.stringify(items))
      if (items.length === 0) return yield* Console.log(texts.traces.none)
      const table = new Table({ head: texts.traces.headers, style: { head: [], border: [] } })
      table.push(...items.map(rowOf))
      return yield* Console.log(table.toString())
    })).pipe(Command.withDescription(texts.traces.about))

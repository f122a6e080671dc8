import * as Command from "@effect/cli/Command"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as Poll from "./Poll.ts"
import * as Progress from "./Progress.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

/** What an order usually leaves in the logs: the bar's first guess of how much there is to read. */
const eventsOfAnOrder = 6

const rebuild = (texts: Texts, server: Server.Server) =>
  Effect.gen(function*() {
    const { operator, orderDashboards } = server.api
    const { total } = yield* server.ask(orderDashboards.countRows({}))
    yield* server.ask(operator.rebuildDashboard({}))
    const bar = yield* Progress.make(texts.dashboard.progress, total * eventsOfAnOrder)
    return yield* Poll.until(
      Effect.tap(server.ask(operator.rebuildProgress({})), ({ events, status }) =>
        Effect.sync(() => {
          if (status === "done" || events > bar.getTotal()) bar.setTotal(events)
          bar.update(events)
        })),
      ({ status }) => status === "done" || status === "failed",
      "200 millis"
    )
  }).pipe(Effect.scoped)

export const make = (texts: Texts) => {
  const rebuildCommand = Command.make("rebuild", {
    url: CommonOptions.url(texts),
    json: CommonOptions.json(texts)
  }, ({ json, url }) =>
    Effect.gen(function*() {
      const ended = yield* rebuild(texts, yield* Server.make(texts, url))
      const { changed, detail, events, millis, status } = ended
      if (json) yield* Console.log(JSON.stringify(ended))
      if (status === "failed") {
        return yield* new CommandFailed({
          exitCode: ExitCode.failure,
          message: texts.dashboard.failed(detail)
        })
      }
      return json
        ? undefined
        : yield* Console.log(texts.dashboard.done(events, changed, (millis / 1000).toFixed(1)))
    })).pipe(Command.withDescription(texts.dashboard.rebuild))

  return Command.make("dashboard").pipe(
    Command.withDescription(texts.dashboard.about),
    Command.withSubcommands([rebuildCommand])
  )
}

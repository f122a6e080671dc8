import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as LoadCheck from "./LoadCheck.ts"
import * as LoadReport from "./LoadReport.ts"
import * as LoadRun from "./LoadRun.ts"
import * as Progress from "./Progress.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const place = (texts: Texts, server: Server.Server, options: LoadRun.Options) =>
  Effect.gen(function*() {
    const { load: { placing, waiting } } = texts
    const bar = yield* Progress.make(placing, Math.max(1, Math.round(options.rate * options.seconds)), {
      answered: 0,
      late: waiting(0)
    })
    return yield* LoadRun.run(server, options, {
      sent: (sent, answered) => bar.update(sent, { answered, late: waiting(sent - answered) })
    })
  }).pipe(Effect.scoped)

const check = (texts: Texts, server: Server.Server, load: LoadRun.Load, settle: Duration.DurationInput) =>
  Effect.gen(function*() {
    const bar = yield* Progress.make(texts.load.checking, load.acknowledged.length)
    return yield* LoadCheck.run(server, load, settle, () => bar.increment())
  }).pipe(Effect.scoped)

/** A pool of its own, so that the load's connections are as many as were asked for. */
const pool = (connections: number) =>
  NodeHttpClient.layerWithoutAgent.pipe(
    Layer.provide(NodeHttpClient.makeAgentLayer({ keepAlive: true, maxSockets: connections }))
  )

export const make = (texts: Texts) => {
  const { about, connections, rate, seconds, settle } = texts.load
  return Command.make("load", {
    url: CommonOptions.url(texts),
    rate: CommonOptions.positive(texts, "rate", rate, 50),
    seconds: CommonOptions.positive(texts, "seconds", seconds, 30),
    connections: CommonOptions.positive(texts, "connections", connections, 256).pipe(Options.map(Math.ceil)),
    settle: CommonOptions.positive(texts, "settle", settle, 60),
    json: CommonOptions.json(texts)
  }, ({ json, rate, seconds, settle, url }) =>
    Effect.gen(function*() {
      const server = yield* Server.make(texts, url)
      yield* server.ask(server.api.orderDashboards.countRows({}))
      const load = yield* place(texts, server, { rate, seconds })
      const violations = yield* check(texts, server, load, Duration.seconds(settle))
      yield* Console.log(
        json
          ? JSON.stringify(LoadReport.json({ rate, seconds }, load, violations))
          : LoadReport.text(texts, { rate, seconds }, load, violations)
      )
      if (violations.length > 0) {
        return yield* new CommandFailed({
          exitCode: ExitCode.failure,
          message: texts.load.violated(violations.length)
        })
      }
      return undefined
    })).pipe(
      Command.provide(({ connections }) => pool(connections)),
      Command.withDescription(about)
    )
}

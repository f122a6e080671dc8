import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import type { StoryStep } from "@saucier/assembly/Story"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const paint = { order: Colours.cyan, payment: Colours.yellow, delivery: Colours.magenta }

const lineOf = ({ story }: Texts) => ({ actor, at, attempt, context, policy, runner, text }: StoryStep) =>
  [
    Colours.dim(DateTime.formatIso(at)),
    paint[context](context.padEnd(8)),
    `${Colours.bold(text)}\n   `,
    Colours.dim(
      [
        policy === null ? story.by(actor) : story.byPolicy(policy),
        ...(attempt === null ? [] : [story.breaker[attempt.breaker]]),
        ...(runner === null ? [] : [story.on(runner)])
      ].join(", ")
    )
  ].join(" ")

export const make = (texts: Texts) =>
  Command.make("story", {
    url: CommonOptions.url(texts),
    json: CommonOptions.json(texts),
    order: Args.text({ name: "order" }).pipe(Args.withDescription(texts.story.order))
  }, ({ json, order, url }) =>
    Effect.gen(function*() {
      const server = yield* Server.make(texts, url)
      const found = yield* server.find(server.api.story.story({ path: { orderId: order } }))
      if (Option.isNone(found)) {
        return yield* new CommandFailed({ exitCode: ExitCode.failure, message: texts.story.unknown(order) })
      }
      const { missing, steps, traceIds } = found.value
      if (json) return yield* Console.log(JSON.stringify(found.value))
      yield* Effect.forEach(steps, (step) => Console.log(lineOf(texts)(step)), { discard: true })
      if (missing.length > 0) yield* Console.log(Colours.yellow(texts.story.missing(missing.join(", "))))
      yield* Console.log(Colours.dim(texts.story.traces(traceIds.join(", "))))
    })).pipe(Command.withDescription(texts.story.about))

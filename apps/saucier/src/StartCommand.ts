import * as Command from "@effect/cli/Command"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { ExitCode } from "@saucier/runtime/ExitCode"
import { HttpAddress } from "@saucier/runtime/HttpRuntime"
import * as Logs from "@saucier/runtime/Logs"
import * as Settings from "@saucier/runtime/Settings"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import { firstOrder } from "./FirstOrder.ts"
import type { Texts } from "./TextsEn.ts"

const welcome = ({ start }: Texts, url: string, wantsKey: boolean) =>
  [
    "",
    Colours.bold(Colours.green(start.ready)),
    "",
    `  ${start.dashboard}: ${Colours.cyan(`${url}/`)}`,
    `  ${start.docs}: ${Colours.cyan(`${url}/docs`)}`,
    `  ${start.health}: ${Colours.cyan(`${url}/readyz?verbose`)}`,
    "",
    start.firstOrder,
    `  ${firstOrder(url, wantsKey)}`,
    "",
    Colours.dim(start.stop)
  ].join("\n")

/** Loaded only here: the other commands start without the system they talk to. */
const single = Layer.unwrapEffect(
  Effect.map(Effect.promise(() => import("./Single.ts")), ({ layer }) => layer)
)

export const make = (texts: Texts) =>
  Command.make(
    "start",
    {},
    () =>
      Effect.gen(function*() {
        const { url } = yield* HttpAddress
        const { authKeys } = yield* Settings.load
        yield* Console.log(welcome(texts, url, authKeys.size > 0))
      }).pipe(
        Effect.zipRight(Effect.never),
        Effect.provide(single),
        Effect.provide(Logs.layer("saucier")),
        Effect.catchIf(
          (error) => error instanceof EventStoreUnavailable,
          ({ message }) =>
            new CommandFailed({ exitCode: ExitCode.unavailable, message: texts.start.noStore(message) })
        )
      )
  ).pipe(Command.withDescription(texts.start.about))

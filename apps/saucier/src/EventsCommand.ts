import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as CommonOptions from "./CommonOptions.ts"
import * as EventPages from "./EventPages.ts"
import { exportAll } from "./EventsExport.ts"
import { tail } from "./EventsTail.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

export const make = (texts: Texts) => {
  const context = CommonOptions.choice(texts, "context", EventPages.recording).pipe(
    Options.optional,
    Options.map(Option.match({
      onNone: (): ReadonlyArray<EventPages.Recording> => EventPages.recording,
      onSome: (context) => [context]
    })),
    Options.withDescription(texts.events.context)
  )
  const tailCommand = Command.make("tail", {
    url: CommonOptions.url(texts),
    contexts: context,
    lines: CommonOptions.number(
      "lines",
      (lines) => Number.isInteger(lines) && lines >= 0 && lines <= EventPages.most,
      texts.options.count("lines", EventPages.most)
    ).pipe(
      Options.withAlias("n"),
      Options.withDefault(20),
      Options.withDescription(texts.events.lines)
    ),
    follow: Options.boolean("follow").pipe(
      Options.withAlias("f"),
      Options.withDescription(texts.events.follow)
    ),
    json: CommonOptions.json(texts)
  }, ({ url, ...options }) => Effect.flatMap(Server.make(texts, url), (server) => tail(server, options)))
    .pipe(Command.withDescription(texts.events.tail))

  const exportCommand = Command.make(
    "export",
    {
      url: CommonOptions.url(texts),
      contexts: context,
      output: CommonOptions.path(texts, "output").pipe(
        Options.withAlias("o"),
        Options.optional,
        Options.withDescription(texts.events.output)
      )
    },
    ({ contexts, output, url }) =>
      Effect.flatMap(Server.make(texts, url), (server) => exportAll(texts, server, contexts, output))
  ).pipe(Command.withDescription(texts.events.export))

  return Command.make("events").pipe(
    Command.withDescription(texts.events.about),
    Command.withSubcommands([tailCommand, exportCommand])
  )
}

/** The command line: its commands, and what the process says when one of them does not succeed. */
import * as Command from "@effect/cli/Command"
import * as ValidationError from "@effect/cli/ValidationError"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import manifest from "../package.json" with { type: "json" }
import * as BackupCommand from "./BackupCommand.ts"
import * as ClusterCommand from "./ClusterCommand.ts"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as DashboardCommand from "./DashboardCommand.ts"
import * as DoctorCommand from "./DoctorCommand.ts"
import * as EventsCommand from "./EventsCommand.ts"
import * as KeyCommand from "./KeyCommand.ts"
import * as LoadCommand from "./LoadCommand.ts"
import * as MigrateCommand from "./MigrateCommand.ts"
import * as MissingValue from "./MissingValue.ts"
import * as ParkedCommand from "./ParkedCommand.ts"
import * as ProviderCommand from "./ProviderCommand.ts"
import * as ReconcileCommand from "./ReconcileCommand.ts"
import * as ReportCommand from "./ReportCommand.ts"
import * as RestoreCommand from "./RestoreCommand.ts"
import * as StartCommand from "./StartCommand.ts"
import * as StoryCommand from "./StoryCommand.ts"
import * as Texts from "./Texts.ts"
import * as TracesCommand from "./TracesCommand.ts"

export const commands = (texts: typeof Texts.texts.en) =>
  [
    StartCommand.make(texts),
    ClusterCommand.make(texts),
    DoctorCommand.make(texts),
    StoryCommand.make(texts),
    TracesCommand.make(texts),
    EventsCommand.make(texts),
    DashboardCommand.make(texts),
    ParkedCommand.make(texts),
    ReconcileCommand.make(texts),
    BackupCommand.make(texts),
    RestoreCommand.make(texts),
    MigrateCommand.make(texts),
    ProviderCommand.make(texts),
    LoadCommand.make(texts),
    KeyCommand.make(texts),
    ReportCommand.make(texts)
  ] as const

/** A failure is told in its own words; a defect is a bug and comes with all there is. */
const report = (bug: string) => <E>(cause: Cause.Cause<E>) => {
  if (Cause.isInterruptedOnly(cause)) return Effect.void
  const failure = Option.filter(Cause.failureOption(cause), (error) => error instanceof Error)
  return Console.error(
    Option.match(failure, {
      onSome: ({ message }) => Colours.red(message),
      onNone: () => `${Colours.red(bug)}\n${Cause.pretty(cause)}`
    })
  )
}

export const run = (argv: ReadonlyArray<string>) =>
  Effect.flatMap(
    Texts.spoken,
    (texts) => {
      const all = commands(texts)
      const saucier = Command.make("saucier").pipe(
        Command.withDescription(texts.summary),
        Command.withSubcommands(all)
      )
      const given = MissingValue.emptied(all.map(({ descriptor }) => descriptor), argv)
      return Command.run(saucier, { name: "saucier", version: manifest.version })(given).pipe(
        Effect.catchIf(
          ValidationError.isValidationError,
          () => new CommandFailed({ exitCode: ExitCode.usage, message: texts.usageHint })
        ),
        Effect.tapErrorCause(report(texts.bug)),
        Colours.whereWanted
      )
    }
  ).pipe(Effect.provide(Layer.merge(NodeContext.layer, NodeHttpClient.layerUndici)))

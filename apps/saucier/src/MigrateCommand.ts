import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as BackupStores from "./BackupStores.ts"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as MigrateStores from "./MigrateStores.ts"
import type { Texts } from "./TextsEn.ts"

const unavailable = ({ message }: { readonly message: string }) =>
  new CommandFailed({ exitCode: ExitCode.unavailable, message })

export const make = (texts: Texts) => {
  const line = (dryRun: boolean) => ({ fresh, newer, pending, place }: MigrateStores.Plan) => {
    const says = newer.length > 0
      ? Colours.red(texts.migrate.newer(newer.join(", ")))
      : pending.length === 0
      ? texts.migrate.upToDate
      : texts.migrate.steps(pending.join(", "), fresh, dryRun)
    return `${place.store.padEnd(10)} ${says}  ${Colours.dim(MigrateStores.nameOf(place))}`
  }

  const json = (dryRun: boolean) => ({ newer, pending, place }: MigrateStores.Plan) => ({
    store: place.store,
    engine: place.database.engine,
    at: MigrateStores.nameOf(place),
    [dryRun ? "pending" : "applied"]: pending,
    newer
  })

  return Command.make("migrate", {
    dryRun: Options.boolean("dry-run").pipe(Options.withDescription(texts.migrate.dryRun)),
    json: CommonOptions.json(texts)
  }, (given) =>
    Effect.gen(function*() {
      const places = yield* BackupStores.all
      const plans = yield* Effect.mapError(Effect.forEach(places, MigrateStores.plan), unavailable)
      const newer = plans.filter((plan) => plan.newer.length > 0)
      const applies = !given.dryRun && newer.length === 0
      if (applies) {
        yield* Effect.forEach(
          plans.filter(({ pending }) => pending.length > 0),
          ({ place }) => Effect.mapError(MigrateStores.apply(place), unavailable),
          { discard: true }
        )
      }
      yield* Console.log(
        given.json ? JSON.stringify(plans.map(json(!applies))) : plans.map(line(!applies)).join("\n")
      )
      if (newer.length > 0) {
        return yield* new CommandFailed({
          exitCode: ExitCode.failure,
          message: texts.migrate.tooNew(newer.map(({ place }) => place.store).join(", "))
        })
      }
    })).pipe(Command.withDescription(texts.migrate.about))
}

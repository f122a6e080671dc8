import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as ReconciliationTally from "@saucier/assembly/ReconciliationTally"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as Progress from "./Progress.ts"
import * as ReconcileBooks from "./ReconcileBooks.ts"
import * as ReconcileReport from "./ReconcileReport.ts"
import * as ReconcileSettle from "./ReconcileSettle.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const readBooks = (texts: Texts, server: Server.Server) =>
  Effect.scoped(Effect.gen(function*() {
    const bar = yield* Progress.make(texts.reconcile.reading, 0)
    return yield* ReconcileBooks.read(texts, server, (count) => bar.update(count))
  }))

export const make = (texts: Texts) => {
  const compare = (server: Server.Server) =>
    Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      const { entries, strangers } = yield* readBooks(texts, server)
      const report: ReconcileReport.Report = {
        payments: entries.size,
        strangers,
        ...ReconciliationTally.reconcile(entries, now)
      }
      return report
    })

  return Command.make("reconcile", {
    url: CommonOptions.url(texts),
    json: CommonOptions.json(texts),
    settle: Options.boolean("settle").pipe(Options.withDescription(texts.reconcile.settle))
  }, ({ json, settle, url }) =>
    Effect.gen(function*() {
      const server = yield* Server.make(texts, url)
      const first = yield* compare(server)
      if (settle) {
        yield* Effect.forEach(first.disagreements, ReconcileSettle.make(texts, server), { discard: true })
      }
      const report = settle && first.disagreements.length > 0 ? yield* compare(server) : first
      const verdict = ReconciliationTally.verdictOf({ ...report, strangers: report.strangers.length })
      const old = ReconciliationTally.overdue(report.disagreements) + report.strangers.length
      yield* Console.log(json ? ReconcileReport.json(report) : ReconcileReport.text(texts, report, old))
      if (verdict === "differ") {
        return yield* new CommandFailed({ exitCode: ExitCode.failure, message: texts.reconcile.old(old) })
      }
      if (verdict === "unexplained") {
        return yield* new CommandFailed({
          exitCode: ExitCode.failure,
          message: texts.reconcile.unexplained
        })
      }
    })).pipe(Command.withDescription(texts.reconcile.about))
}

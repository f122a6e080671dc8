/** Shows what Saucier claims, on systems that it starts and ends itself, and writes it down as a page and as JSON. */
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Claims from "@saucier/proof/Claims"
import { claimsEn } from "@saucier/proof/ClaimTextsEn"
import { claimsKo } from "@saucier/proof/ClaimTextsKo"
import { measuresKo } from "@saucier/proof/MeasuresKo"
import { Program } from "@saucier/proof/Program"
import * as ReportPage from "@saucier/proof/ReportPage"
import * as ReportRun from "@saucier/proof/ReportRun"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { availableParallelism, cpus, platform } from "node:os"
import process from "node:process"
import manifest from "../package.json" with { type: "json" }
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import type { Texts } from "./TextsEn.ts"

/** This very program, however it was started. */
const program = process.argv[1] ?? ""

const machine = () =>
  `Saucier ${manifest.version}, Node.js ${process.versions.node}, ${platform()}, ${availableParallelism()} × ${
    cpus()[0]?.model ?? "?"
  }`

/** One line a row; of a broken one, each figure that does not hold. */
const lineOf = (texts: Texts, row: ReportRun.Row) => {
  const korean = texts.language === "ko"
  const mark = row.outcome === "holds" ? Colours.green("✓") : Colours.red("✗")
  const claim = korean ? claimsKo[row.id] : claimsEn[row.id]
  const wrong = row.finding.checks.filter(({ holds }) => !holds).map(({ measure, unit, value, wanted }) =>
    `      ${korean ? measuresKo[measure] : measure}: ${value} ${unit} (${wanted})`
  )
  const why = row.detail === "" ? [] : [`      ${row.detail.split("\n")[0]}`]
  const head = `${mark} ${row.id.padEnd(5)}${claim} ${Colours.dim(`${row.seconds.toFixed(1)} s`)}`
  return [head, ...wrong, ...why].join("\n")
}

const watcher = (texts: Texts): ReportRun.Watcher => {
  const terminal = process.stderr.isTTY === true
  const claim = (id: keyof typeof claimsEn) => texts.language === "ko" ? claimsKo[id] : claimsEn[id]
  const clear = Effect.sync(() => terminal && process.stderr.write("\r\u001b[2K"))
  return {
    begun: (id) =>
      Effect.sync(() => {
        if (terminal) {
          process.stderr.write(`… ${id.padEnd(5)}${claim(id)}`.slice(0, process.stderr.columns - 1))
        }
      }),
    done: (row) => Effect.zipRight(clear, Console.log(lineOf(texts, row)))
  }
}

const save = (texts: Texts, folder: string, report: ReportRun.Report) =>
  Effect.gen(function*() {
    const [fs, path] = [yield* FileSystem.FileSystem, yield* Path.Path]
    yield* fs.makeDirectory(folder, { recursive: true })
    const at = DateTime.formatIso(yield* DateTime.now)
    const language = texts.language === "ko" ? "ko" : "en"
    const page = path.resolve(folder, "report.html")
    yield* fs.writeFileString(page, ReportPage.html(report, { at, language, machine: machine() }))
    yield* fs.writeFileString(
      path.resolve(folder, "report.json"),
      `${JSON.stringify({ at, machine: machine(), ...report }, null, 2)}\n`
    )
    return page
  }).pipe(Effect.mapError(({ message }) => new CommandFailed({ exitCode: ExitCode.failure, message })))

export const make = (texts: Texts) =>
  Command.make("report", {
    quick: Options.boolean("quick").pipe(Options.withDescription(texts.report.quick)),
    out: CommonOptions.path(texts, "out").pipe(
      Options.withDefault("reports"),
      Options.withDescription(texts.report.out)
    )
  }, ({ out, quick }) =>
    Effect.gen(function*() {
      yield* Console.log(texts.report.begins(quick))
      const report = yield* ReportRun.run(Claims.lanes(quick), quick, watcher(texts)).pipe(
        Effect.provideService(Program, program)
      )
      const page = yield* save(texts, out, report)
      const count = (outcome: ReportRun.Row["outcome"]) =>
        report.rows.filter((row) => row.outcome === outcome).length
      const counts = texts.report.ends(count("holds"), count("broken"), count("not run"), report.seconds)
      yield* Console.log(`\n${counts}\n${page}`)
      if (count("broken") > 0) {
        return yield* new CommandFailed({
          exitCode: ExitCode.failure,
          message: texts.report.broken(count("broken"))
        })
      }
      return undefined
    })).pipe(Command.withDescription(texts.report.about))

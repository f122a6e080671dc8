import * as Command from "@effect/cli/Command"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Settings from "@saucier/runtime/Settings"
import * as SettingsMisspelt from "@saucier/runtime/SettingsMisspelt"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import type { Diagnosis } from "./Diagnosis.ts"
import * as DoctorMachine from "./DoctorMachine.ts"
import * as DoctorServer from "./DoctorServer.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const settingsOf = (
  { doctor }: Texts,
  read: Effect.Effect.Success<typeof readSettings>,
  misspelt: ReadonlyArray<SettingsMisspelt.Misspelt>
): Diagnosis =>
  Either.match(read, {
    onLeft: ({ exitCode, message }) => ({
      name: doctor.settings,
      level: "fail",
      found: message,
      next: doctor.settingsNext,
      exitCode
    }),
    onRight: () => ({
      name: doctor.settings,
      level: misspelt.length === 0 ? "ok" : "warn",
      found: misspelt.length === 0
        ? doctor.settingsOk
        : misspelt.map(({ key, meant }) => doctor.settingMisspelt(key, meant)).join("; "),
      next: misspelt.length === 0 ? "" : doctor.settingsNext,
      exitCode: ExitCode.ok
    })
  })

const readSettings = Effect.either(Settings.load)

const examine = (texts: Texts, url: Option.Option<string>) =>
  Effect.gen(function*() {
    const settings = yield* readSettings
    const machine = [
      DoctorMachine.node(texts, process.versions.node),
      yield* DoctorMachine.native(texts),
      settingsOf(texts, settings, yield* SettingsMisspelt.found)
    ]
    const storage = Either.isRight(settings)
      ? [
        yield* DoctorMachine.dataFolder(texts, settings.right.dataDir),
        yield* DoctorMachine.disk(texts, settings.right.dataDir)
      ]
      : []
    const { diagnoses, time } = Either.isRight(settings) || Option.isSome(url)
      ? yield* Effect.flatMap(
        Server.make(texts, url),
        (server) => DoctorServer.examine(texts, server, Option.isSome(url))
      )
      : { diagnoses: [], time: undefined }
    return [...machine, ...storage, ...diagnoses, yield* DoctorMachine.clock(texts, time)]
  })

const marks = { ok: Colours.green("✓ ok  "), warn: Colours.yellow("! warn"), fail: Colours.red("✗ fail") }

const line = ({ found, level, name, next }: Diagnosis) =>
  `${marks[level]} ${Colours.bold(name)}: ${found}${
    next === "" ? "" : `\n         ${Colours.dim("→")} ${next}`
  }`

export const make = (texts: Texts) =>
  Command.make(
    "doctor",
    { url: CommonOptions.url(texts), json: CommonOptions.json(texts) },
    ({ json, url }) =>
      Effect.gen(function*() {
        const diagnoses = yield* examine(texts, url)
        yield* Console.log(json ? JSON.stringify(diagnoses) : diagnoses.map(line).join("\n"))
        const failed = diagnoses.find(({ level }) => level === "fail")
        if (failed !== undefined) {
          return yield* new CommandFailed({ exitCode: failed.exitCode, message: failed.next })
        }
        return undefined
      })
  ).pipe(Command.withDescription(texts.doctor.about))

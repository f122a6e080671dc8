import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Effect from "effect/Effect"
import { Store } from "./BackupManifest.ts"
import * as CommonOptions from "./CommonOptions.ts"
import type { Texts } from "./TextsEn.ts"

export const make = (texts: Texts) =>
  Command.make(
    "restore",
    {
      folder: Args.text({ name: "folder" }).pipe(Args.withDescription(texts.restore.folder)),
      only: CommonOptions.choiceRepeated(texts, "only", Store.literals).pipe(
        Options.withDescription(texts.restore.only)
      ),
      url: CommonOptions.url(texts)
    },
    (given) => Effect.flatMap(Effect.promise(() => import("./RestoreRun.ts")), ({ run }) => run(texts, given))
  ).pipe(
    Command.withDescription(texts.restore.about)
  )

import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as Options from "@effect/cli/Options"
import { type Behaviour, presets } from "@saucier/payment/ProviderPresets"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Arr from "effect/Array"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const described = ({ provider }: Texts, { lostReplyRate, preset }: Behaviour) =>
  [
    `${Colours.bold(preset)}: ${provider.presets[preset]}`,
    ...(lostReplyRate > 0 ? [provider.loses(lostReplyRate * 100)] : [])
  ].join("\n")

export const make = (texts: Texts) => {
  const preset = Command.make("preset", {
    url: CommonOptions.url(texts),
    json: CommonOptions.json(texts),
    lostReplyRate: CommonOptions.number(
      "lost-reply-rate",
      (rate) => rate >= 0 && rate <= 1,
      texts.provider.rateInvalid
    ).pipe(
      Options.optional,
      Options.withDescription(texts.provider.rate)
    ),
    name: Args.text({ name: "name" }).pipe(
      Args.mapEffect((text) =>
        Effect.mapError(
          Arr.findFirst(presets, (name) => name === text),
          () => HelpDoc.p(texts.provider.nameInvalid(text, presets.join(", ")))
        )
      ),
      Args.withDescription(texts.provider.name),
      Args.optional
    )
  }, ({ json, lostReplyRate, name, url }) =>
    Effect.gen(function*() {
      if (Option.isNone(name) && Option.isSome(lostReplyRate)) {
        return yield* new CommandFailed({ exitCode: ExitCode.usage, message: texts.provider.nameMissing })
      }
      const server = yield* Server.make(texts, url)
      const { getProviderPreset, setProviderPreset } = server.api.operator
      const behaviour = yield* server.ask(
        Option.match(name, {
          onNone: () => getProviderPreset({}),
          onSome: (preset) =>
            setProviderPreset({
              payload: { preset, lostReplyRate: Option.getOrElse(lostReplyRate, () => 0) }
            })
        })
      )
      yield* Console.log(json ? JSON.stringify(behaviour) : described(texts, behaviour))
    })).pipe(Command.withDescription(texts.provider.preset))

  return Command.make("provider").pipe(
    Command.withDescription(texts.provider.about),
    Command.withSubcommands([preset])
  )
}

/** `key`: makes a key for somebody. Nothing is stored: who runs the system puts the entry into its settings. */
import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import { BranchId } from "@saucier/kernel/Goods"
import { Role } from "@saucier/kernel/Principal"
import * as AuthKeys from "@saucier/runtime/AuthKeys"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { randomBytes } from "node:crypto"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import type { Texts } from "./TextsEn.ts"

const usage = (message: string) => new CommandFailed({ exitCode: ExitCode.usage, message })

export const make = (texts: Texts) => {
  const { key } = texts
  return Command.make(
    "key",
    {
      name: Args.text({ name: "name" }).pipe(Args.withDescription(key.name)),
      role: CommonOptions.choice(texts, "role", Role.literals).pipe(Options.withDescription(key.role)),
      branch: Options.text("branch").pipe(Options.withDescription(key.branch), Options.optional)
    },
    ({ branch, name, role }) =>
      Effect.gen(function*() {
        if (!AuthKeys.isName(name)) return yield* usage(key.nameInvalid)
        if ((role === "branch") !== Option.isSome(branch)) return yield* usage(key.branchWithRole)
        const branchId = yield* Option.match(branch, {
          onNone: () => Effect.succeed(null),
          onSome: (id) => Effect.mapError(Schema.decode(BranchId)(id), () => usage(key.branchInvalid))
        })
        const secret = `sk_${randomBytes(32).toString("base64url")}`
        const entry = AuthKeys.render(AuthKeys.hashOf(secret), { name, role, branchId })
        yield* Console.log(
          [
            key.made,
            "",
            `  ${Colours.bold(secret)}`,
            "",
            key.entry,
            "",
            `  ${entry}`,
            "",
            Colours.dim(key.use)
          ]
            .join("\n")
        )
      })
  ).pipe(Command.withDescription(key.about))
}

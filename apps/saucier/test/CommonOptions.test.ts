import * as CliConfig from "@effect/cli/CliConfig"
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as Options from "@effect/cli/Options"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as CommonOptions from "@saucier/app-saucier/CommonOptions"
import * as Texts from "@saucier/app-saucier/Texts"
import * as Effect from "effect/Effect"

const { en } = Texts.texts
const rate = CommonOptions.positive(en, "rate", "How many", 50)
const only = CommonOptions.choiceRepeated(en, "only", ["order", "payment"])
const context = CommonOptions.choice(en, "context", ["order", "payment"])

const read = <A>(option: Options.Options<A>, ...given: ReadonlyArray<string>) =>
  Effect.map(
    Options.processCommandLine(option, given, CliConfig.defaultConfig),
    ([, , value]) => value
  ).pipe(Effect.provide(NodeContext.layer))

describe("an option of the command line", () => {
  it.effect.each<[Options.Options<unknown>, string, string]>([
    [rate, "fast", "--rate takes a number above zero"],
    [rate, "", "--rate takes a number above zero"],
    [rate, "0", "--rate takes a number above zero"],
    [context, "kitchen", "--context takes one of: order, payment"],
    [only, "kitchen", "--only takes one of: order, payment"]
  ])("%# is refused %s by its name", ([option, value, message]) =>
    Effect.gen(function*() {
      const [[name = ""]] = [/--\w+/.exec(message) ?? [""]]
      const refused = yield* Effect.flip(read(option, name, value))
      assert.include(HelpDoc.toAnsiText(refused.error), message)
    }))

  it.effect("is read", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* read(rate, "--rate", "2.5"), 2.5)
      assert.strictEqual(yield* read(rate), 50)
      assert.strictEqual(yield* read(context, "--context", "payment"), "payment")
      assert.deepStrictEqual(yield* read(only, "--only", "order", "--only", "payment"), ["order", "payment"])
      assert.deepStrictEqual(yield* read(only), [])
    }))
})

import { assert, describe, it } from "@effect/vitest"
import * as Cli from "@saucier/app-saucier/Cli"
import * as MissingValue from "@saucier/app-saucier/MissingValue"
import * as Texts from "@saucier/app-saucier/Texts"

const commands = Cli.commands(Texts.texts.en).map(({ descriptor }) => descriptor)
const emptied = (...words: ReadonlyArray<string>) =>
  MissingValue.emptied(commands, ["node", "saucier.js", ...words]).slice(2)

describe("a command line that ends with an option", () => {
  it.each([
    ["load", "--rate"],
    ["load", "--json", "--url"],
    ["traces", "-n"],
    ["events", "tail", "--context"],
    ["events", "export", "-o"],
    ["report", "--out"],
    ["cluster", "--payment"]
  ])("%s %s … gives it an empty value where it takes one", (...words) => {
    assert.deepStrictEqual(emptied(...words), [...words, ""])
  })

  it.each([["load", "--json"], ["load", "--rate", "5"], ["load", "--speed"], ["status"], ["--help"]])(
    "%s %s … is left alone where it takes none, or nobody knows it",
    (...words) => assert.deepStrictEqual(emptied(...words), words)
  )
})

/**
 * A command line whose last option lacks its value, which the framework calls an unknown argument. Told with an empty
 * value instead, the option says by itself what it takes.
 */
import * as CommandDescriptor from "@effect/cli/CommandDescriptor"
import type { Usage } from "@effect/cli/Usage"
import * as HashMap from "effect/HashMap"
import * as HashSet from "effect/HashSet"
import * as Match from "effect/Match"
import * as Option from "effect/Option"

/** The names of those that take one. */
const valued: (usage: Usage) => ReadonlyArray<string> = Match.type<Usage>().pipe(
  Match.tag("Named", ({ acceptedValues, names }) => Option.isSome(acceptedValues) ? names : []),
  Match.tag("Optional", "Repeated", ({ usage }) => valued(usage)),
  Match.tag("Alternation", "Concat", ({ left, right }) => [...valued(left), ...valued(right)]),
  Match.tag("Empty", "Mixed", () => []),
  Match.exhaustive
)

const namesOf = (command: CommandDescriptor.Command<unknown>) => valued(CommandDescriptor.getUsage(command))

/** Whether the words name this command, or one within it, which takes a value for it. */
const takes = (
  option: string,
  command: CommandDescriptor.Command<unknown>,
  words: ReadonlyArray<string>
): boolean =>
  words.some((word) => HashSet.has(CommandDescriptor.getNames(command), word)) && (
    namesOf(command).includes(option) ||
    words.some((word) =>
      Option.exists(
        HashMap.get(CommandDescriptor.getSubcommands(command), word),
        (within) => namesOf(within).includes(option)
      )
    )
  )

export const emptied = (
  commands: ReadonlyArray<CommandDescriptor.Command<unknown>>,
  argv: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const last = argv.at(-1) ?? ""
  return last.startsWith("-") && commands.some((command) => takes(last, command, argv)) ? [...argv, ""] : argv
}

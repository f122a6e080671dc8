/** What the command line asks for. */
import * as Effect from "effect/Effect"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { parseArgs } from "node:util"
import { because } from "../bench/Failure.ts"

const usage =
  `pnpm sim [--seeds 200] [--from 1] [--workers 2]              so many worlds, each with its own faults
pnpm sim --seed 7 [--without 0,3] [--about ord_01…]          one of them with its trace, without some of its faults
pnpm sim --mutants [--seeds 200] [--only refund]             Saucier with one fault in it at a time: each must be noticed
… --sqlite                                                   all in one process, kept in real SQLite files`

const whole = Schema.NumberFromString.pipe(Schema.int(), Schema.nonNegative())

const Options = Schema.Struct({
  seeds: whole.pipe(Schema.positive()),
  from: whole,
  workers: Schema.optional(whole.pipe(Schema.positive())),
  seed: Schema.optional(whole),
  without: Schema.optional(Schema.split(",").pipe(Schema.compose(Schema.Array(whole)))),
  about: Schema.optional(Schema.String),
  sqlite: Schema.Boolean,
  mutants: Schema.Boolean,
  only: Schema.optional(Schema.String)
})
export type Options = typeof Options.Type

const parse = (args: ReadonlyArray<string>) =>
  parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "200" },
      from: { type: "string", default: "1" },
      workers: { type: "string" },
      seed: { type: "string" },
      without: { type: "string" },
      about: { type: "string" },
      sqlite: { type: "boolean", default: false },
      mutants: { type: "boolean", default: false },
      only: { type: "string" }
    }
  }).values

/** Each wrong option by its name, then how it is done right. */
const problems = (issues: ReadonlyArray<ParseResult.ArrayFormatterIssue>) =>
  issues.map(({ message, path: [name] }) => `--${String(name)}: ${message}`).join("\n")

export const load = (args: ReadonlyArray<string>) =>
  Effect.try({ try: () => parse(args), catch: (error) => `${error}` }).pipe(
    Effect.flatMap((values) =>
      Effect.mapError(
        Schema.decodeUnknown(Options)(values),
        (error) => problems(ParseResult.ArrayFormatter.formatErrorSync(error))
      )
    ),
    Effect.mapError((problem) => because(`${problem}\n\n${usage}`))
  )

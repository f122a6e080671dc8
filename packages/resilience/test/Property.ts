import { assert, it } from "@effect/vitest"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"

/** How often each property runs: 10 000 together. The key is the property's number, with a letter for its second form. */
export const runs = {
  "1": 2000,
  "1b": 250,
  "2": 800,
  "3": 800,
  "4": 500,
  "5": 800,
  "6": 800,
  "6b": 50,
  "7": 1000,
  "8": 150,
  "9": 300,
  "9b": 300,
  "10": 300,
  "11": 500,
  "12": 6,
  "12b": 60,
  "13": 300,
  "14": 200,
  "15": 200,
  "16": 200,
  "17": 500,
  "18": 300
}

/** Fixed, so that a red test stays red; another one explores elsewhere. */
const seed = Effect.runSync(Config.integer("RESILIENCE_SEED").pipe(Config.withDefault(20_261_122)))

/** A failure prints the seed, the path and the smallest counter-example found. */
export const property = <Input>(
  key: keyof typeof runs,
  title: string,
  input: FastCheck.Arbitrary<Input>,
  holds: (input: Input) => void
): void =>
  it(`${key}. ${title}`, () => {
    const details = FastCheck.check(FastCheck.property(input, holds), { numRuns: runs[key], seed })
    if (details.failed) assert.fail(FastCheck.defaultReportMessage(details))
    assert.strictEqual(details.numRuns, runs[key])
  })

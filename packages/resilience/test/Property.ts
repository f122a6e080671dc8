import { assert, it } from "@effect/vitest"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import { setImmediate } from "node:timers/promises"

/** How often each property runs: 10 000 together. The key is the property's number, with a letter for its second form. */
export const runs = {
  "1": 2000,
  "1b": 150,
  "2": 1000,
  "3": 1000,
  "4": 150,
  "5": 1000,
  "6": 1000,
  "6b": 50,
  "7": 1000,
  "8": 60,
  "9": 120,
  "9b": 250,
  "10": 600,
  "11": 600,
  "12": 4,
  "12b": 60,
  "13": 120,
  "14": 80,
  "15": 100,
  "16": 120,
  "17": 600,
  "18": 600,
  "19": 600
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
  it(`${key}. ${title}`, { timeout: 300_000 }, async () => {
    // The runner must be heard between two runs: a worker that is silent for a minute is given up.
    const breathing = FastCheck.asyncProperty(input, (value) => {
      holds(value)
      return setImmediate()
    })
    const details = await FastCheck.check(breathing, { numRuns: runs[key], seed })
    if (details.failed) assert.fail(FastCheck.defaultReportMessage(details))
    assert.strictEqual(details.numRuns, runs[key])
  })

/** What is asked of a worker and what it tells: plain values that cross from one process to another. */
import * as Schema from "effect/Schema"

export const Task = Schema.Union(
  Schema.TaggedStruct("Run", {
    seed: Schema.Int,
    sqlite: Schema.Boolean,
    /** Runs the seed again and compares the hashes. */
    twice: Schema.Boolean
  }),
  Schema.TaggedStruct("Shrink", { seed: Schema.Int, sqlite: Schema.Boolean })
)
export type Task = typeof Task.Type

export const Violation = Schema.Struct({
  check: Schema.String,
  subject: Schema.String,
  detail: Schema.String
})
export type Violation = typeof Violation.Type

/** `simulated` and `settled` in milliseconds of the world, `took` in milliseconds of the machine. */
export const Report = Schema.TaggedStruct("Report", {
  seed: Schema.Int,
  hash: Schema.String,
  steps: Schema.Int,
  simulated: Schema.Number,
  settled: Schema.Number,
  took: Schema.Number,
  operations: Schema.Int,
  /** Classes, one for each fault of the plan. */
  faults: Schema.Array(Schema.String),
  counts: Schema.Array(Schema.Tuple(Schema.String, Schema.Int)),
  violations: Schema.Array(Violation)
})
export type Report = typeof Report.Type

/** `without` are the places in the plan that a failure does not need. */
export const Shrunk = Schema.TaggedStruct("Shrunk", {
  seed: Schema.Int,
  runs: Schema.Int,
  kept: Schema.Array(Schema.String),
  without: Schema.Array(Schema.Int)
})
export type Shrunk = typeof Shrunk.Type

export const Answer = Schema.Union(Report, Shrunk)
export type Answer = typeof Answer.Type

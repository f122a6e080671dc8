import type { Problem } from "@saucier/runtime/Problem"
import * as Data from "effect/Data"

/** The server said no, and why. */
export class ProblemAnswer extends Data.TaggedError("ProblemAnswer")<{ readonly problem: Problem }> {}

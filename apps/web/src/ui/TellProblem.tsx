import * as Problem from "../api/Problem.ts"
import * as Notices from "./Notices.tsx"
import { ProblemText } from "./Trouble.tsx"

/** Tells the reader why something that was asked for did not happen. */
export const tellProblem = (thrown: unknown): void =>
  Notices.tell({ tone: "bad", content: <ProblemText problem={Problem.ofThrown(thrown)} /> })

/** The workflows as actionlint judges them. Needs Go, once. */
import { it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Child from "../bench/Child.ts"
import * as Tools from "../tools/Tools.ts"
import * as Workflows from "./Workflows.ts"

it("actionlint finds nothing in the workflows", () =>
  Tools.program("actionlint").pipe(
    Effect.flatMap((actionlint) =>
      Child.run(actionlint, Workflows.workflows.map(({ name }) => `${Workflows.folder}/${name}`))
    ),
    Effect.runPromise
  ))

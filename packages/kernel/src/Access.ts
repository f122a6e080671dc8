import * as Context from "effect/Context"
import type { Role } from "./Principal.ts"

/** Who may call an endpoint; `public`: also those who do not say who they are. What says nothing is for operators. */
export class Access extends Context.Reference<Access>()("@saucier/kernel/Access", {
  defaultValue: (): ReadonlyArray<Role> | "public" => ["operator"]
}) {}

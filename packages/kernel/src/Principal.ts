/** Who asks. It lives in the request's context and goes no further than the gateway: commands carry its name. */
import * as Context from "effect/Context"
import * as Schema from "effect/Schema"
import { BranchId } from "./Goods.ts"

/** `operator` may do everything. A branch may do with its own orders what branches do. */
export const Role = Schema.Literal("branch", "clerk", "dispatcher", "operator")
export type Role = typeof Role.Type

/** `name` is null where nobody has to say who they are; `branchId` where all branches may be seen. */
export const Principal = Schema.Struct({
  name: Schema.NullOr(Schema.String),
  role: Role,
  branchId: Schema.NullOr(BranchId)
}).annotations({ identifier: "Principal" })
export type Principal = typeof Principal.Type

export const anyone: Principal = { name: null, role: "operator", branchId: null }

export class CurrentPrincipal extends Context.Reference<CurrentPrincipal>()(
  "@saucier/kernel/CurrentPrincipal",
  { defaultValue: (): Principal => anyone }
) {}

/** Whether what belongs to this branch (null while nobody knows) is for its eyes. */
export const sees = ({ branchId }: Principal, owner: BranchId | null): boolean =>
  branchId === null || branchId === owner

/** As commands and events name it; who did not say goes by what they do. */
export const actorOf = ({ name }: Principal, otherwise: string): string => name ?? otherwise

/** Somebody's own value, that nobody else's equals: two may choose the same Idempotency-Key. */
export const own = ({ name }: Principal, value: string): string => name === null ? value : `${name}\n${value}`

/** An order for another branch. */
export class NotYourBranch extends Schema.TaggedError<NotYourBranch>()("NotYourBranch", {
  branchId: BranchId
}) {
  override get message() {
    return `branchId must be your own, not ${this.branchId}`
  }
}

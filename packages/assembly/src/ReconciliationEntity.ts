/** Protocol of the one entity that compares the books, so that whoever asks, at whichever gateway, shares one comparison. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { ReconciliationStatus } from "./ReconciliationStatus.ts"

/** The entity's only id. */
export const clerkId = "clerk"

/**
 * - `Start` begins a comparison unless one is under way, and does not wait for it.
 * - `Status` begins the first of all.
 */
export const ReconciliationEntity = Entity.make("Reconciliation", [
  Rpc.make("Start", { success: ReconciliationStatus }),
  Rpc.make("Status", { success: ReconciliationStatus })
]).annotate(ClusterSchema.ShardGroup, () => "payment")

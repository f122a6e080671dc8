/** HTTP contract of reconciliation: the books of orders, payments and deliveries against the provider's ledger. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import { Quiet } from "@saucier/runtime/Quiet"
import { ReconciliationStatus } from "./ReconciliationStatus.ts"

const clerks = ["clerk", "operator"] as const

/** Asked for the first time, either begins a comparison; after that only `POST` begins one, and only when none is under way. */
export class ReconciliationHttp extends HttpApiGroup.make("reconciliation")
  .add(
    HttpApiEndpoint.get("reconciliation", "/ops/reconciliation")
      .addSuccess(ReconciliationStatus)
      .annotate(Access, clerks)
      .annotate(Quiet, true)
  )
  .add(
    HttpApiEndpoint.post("reconcile", "/ops/reconciliation")
      .addSuccess(ReconciliationStatus, { status: 202 })
      .annotate(Access, clerks)
  )
  .addError(ServiceUnavailable, { status: 503 })
{}

/** HTTP contract of the chaos desk: what is under way and what the promises come to, and one door for all that may be done. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Quiet } from "@saucier/runtime/Quiet"
import { Chaos, ChaosRequest } from "./Chaos.ts"
import {
  ChaosBusy,
  ChaosFaultOver,
  ChaosNeedsCluster,
  ChaosNotPossible,
  ChaosOff,
  ForeignPage
} from "./ChaosRejections.ts"

/** A strike is answered once it has begun, or is beginning where that takes longer; the answer is the state then. */
export class ChaosHttp extends HttpApiGroup.make("chaos")
  .add(HttpApiEndpoint.get("chaos", "/ops/chaos").addSuccess(Chaos).annotate(Quiet, true))
  .add(
    HttpApiEndpoint.post("strike", "/ops/chaos")
      .setPayload(ChaosRequest)
      .addSuccess(Chaos)
      .addError(ChaosFaultOver, { status: 404 })
      .addError(ChaosBusy, { status: 409 })
      .addError(ChaosNeedsCluster, { status: 409 })
      .addError(ChaosNotPossible, { status: 409 })
  )
  .addError(ForeignPage, { status: 403 })
  .addError(ChaosOff, { status: 404 })
  .addError(ServiceUnavailable, { status: 503 })
{}

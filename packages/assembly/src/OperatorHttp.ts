/** HTTP contract for operators and the command line: the logs, what is parked, rebuilding the dashboard. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { RebuildProgress } from "@saucier/dashboard/RebuildProgress"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Position, RecordedEvent, StreamId } from "@saucier/eventsourcing/Event"
import { NothingParked, UnknownPosition } from "@saucier/eventsourcing/OperatorEntity"
import { ParkedEvent, ParkedRequest } from "@saucier/eventsourcing/ParkedEvents"
import { FreezeOver, FreezeUnderWay, Frozen, StoreFile } from "@saucier/eventsourcing/StoreFreeze"
import { Access } from "@saucier/kernel/Access"
import { PaymentId } from "@saucier/kernel/Ids"
import * as PageLimit from "@saucier/kernel/PageLimit"
import { LedgerPage, maxLines, UnknownLedgerPlace } from "@saucier/payment/ProviderLedger"
import { Behaviour } from "@saucier/payment/ProviderPresets"
import { ShardMap } from "@saucier/runtime/ClusterMap"
import * as Schema from "effect/Schema"
import { contexts } from "./Contexts.ts"
import { ChargeWanted } from "./UnknownCharge.ts"

const Context = Schema.Literal(...contexts)

export const ParkedView = Schema.Struct({ context: Context, ...ParkedEvent.fields })

const events = HttpApiEndpoint.get("events", "/ops/events")
  .setUrlParams(Schema.Struct({
    context: Context,
    after: Schema.optionalWith(Position, { default: () => Position.make("") }),
    limit: PageLimit.upTo(1000, 200)
  }))
  .addSuccess(Schema.Struct({ items: Schema.Array(RecordedEvent) }))
  .addError(UnknownPosition, { status: 400 })

const newestEvents = HttpApiEndpoint.get("newestEvents", "/ops/events/newest")
  .setUrlParams(Schema.Struct({
    context: Context,
    limit: PageLimit.upTo(1000, 20)
  }))
  .addSuccess(Schema.Struct({ items: Schema.Array(RecordedEvent) }))

const listParked = HttpApiEndpoint.get("listParked", "/ops/parked")
  .addSuccess(Schema.Struct({ items: Schema.Array(ParkedView) }))

const serveParked = HttpApiEndpoint.post("serveParked", "/ops/parked")
  .setPayload(Schema.Struct({
    context: Context,
    subscription: Schema.NonEmptyString,
    streamId: StreamId,
    request: ParkedRequest
  }))
  .addSuccess(Schema.Void, { status: 202 })
  .addError(NothingParked, { status: 404 })

const rebuild = HttpApiEndpoint.post("rebuildDashboard", "/ops/dashboard/rebuild")
  .addSuccess(RebuildProgress, { status: 202 })

const rebuildProgress = HttpApiEndpoint.get("rebuildProgress", "/ops/dashboard/rebuild").addSuccess(
  RebuildProgress
)

const ledger = HttpApiEndpoint.get("providerLedger", "/ops/provider/ledger")
  .setUrlParams(Schema.Struct({
    after: Schema.optionalWith(Schema.String, { default: () => "" }),
    limit: PageLimit.upTo(maxLines, maxLines)
  }))
  .addSuccess(LedgerPage)
  .addError(UnknownLedgerPlace, { status: 400 })

const preset = HttpApiEndpoint.get("getProviderPreset", "/ops/provider/preset").addSuccess(Behaviour)

const setPreset = HttpApiEndpoint.put("setProviderPreset", "/ops/provider/preset")
  .setPayload(Behaviour)
  .addSuccess(Behaviour)

const files = HttpApiEndpoint.get("storeFiles", "/ops/files")
  .addSuccess(Schema.Struct({ items: Schema.Array(StoreFile) }))

const freeze = HttpApiEndpoint.post("freezeFiles", "/ops/files/freezes")
  .addSuccess(Frozen, { status: 201 })
  .addError(FreezeUnderWay, { status: 409 })

const freezeId = Schema.Struct({ id: Schema.String })

const renewFreeze = HttpApiEndpoint.put("renewFreeze", "/ops/files/freezes/:id")
  .setPath(freezeId)
  .addSuccess(Schema.Void)
  .addError(FreezeOver, { status: 404 })

const thaw = HttpApiEndpoint.del("thawFiles", "/ops/files/freezes/:id")
  .setPath(freezeId)
  .addSuccess(Schema.Void)
  .addError(FreezeOver, { status: 404 })

const releaseCharge = HttpApiEndpoint.post("releaseCharge", "/ops/payments/:paymentId/release")
  .setPath(Schema.Struct({ paymentId: PaymentId }))
  .addSuccess(Schema.Void)
  .addError(ChargeWanted, { status: 409 })
  .annotate(Access, ["clerk", "operator"])

const shards = HttpApiEndpoint.get("shards", "/ops/shards").addSuccess(Schema.Struct({ groups: ShardMap }))

export class OperatorHttp extends HttpApiGroup.make("operator")
  .add(events)
  .add(newestEvents)
  .add(listParked)
  .add(serveParked)
  .add(rebuild)
  .add(rebuildProgress)
  .add(ledger)
  .add(preset)
  .add(setPreset)
  .add(shards)
  .add(releaseCharge)
  .add(files)
  .add(freeze)
  .add(renewFreeze)
  .add(thaw)
  .addError(ServiceUnavailable, { status: 503 })
{}

/** What a supervisor answers on its control address: the state of its processes, and what may be asked of them. */
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiMiddleware from "@effect/platform/HttpApiMiddleware"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as HttpApiSecurity from "@effect/platform/HttpApiSecurity"
import * as Schema from "effect/Schema"

/** `unready` was ready before; `waiting` ended by itself and is started again after a pause. */
export const ProcessState = Schema.Literal("starting", "ready", "unready", "paused", "stopping", "waiting")
export type ProcessState = typeof ProcessState.Type

export const ProcessStatus = Schema.Struct({
  service: Schema.String,
  index: Schema.Int,
  pid: Schema.NullOr(Schema.Int),
  state: ProcessState,
  url: Schema.NullOr(Schema.String),
  shards: Schema.NullOr(Schema.Int),
  ordersPerSecond: Schema.NullOr(Schema.Number),
  memoryBytes: Schema.NullOr(Schema.Number),
  /** Processor time since it started. */
  cpuSeconds: Schema.NullOr(Schema.Number),
  /** Calls at the payment provider that run or wait. */
  providerCalls: Schema.NullOr(Schema.Number),
  restarts: Schema.Int,
  startedAt: Schema.NullOr(Schema.DateTimeUtc),
  /** How it ended the last time, if it did. */
  ended: Schema.NullOr(Schema.String)
})
export type ProcessStatus = typeof ProcessStatus.Type

export const ServiceStatus = Schema.Struct({
  service: Schema.String,
  /** How many shall run; 0 when it was stopped. */
  wanted: Schema.Int,
  processes: Schema.Array(ProcessStatus)
})
export type ServiceStatus = typeof ServiceStatus.Type

export const ClusterStatus = Schema.Struct({
  state: Schema.Literal("starting", "ready", "stopping"),
  /** Where callers reach the gateways. */
  url: Schema.String,
  pid: Schema.Int,
  services: Schema.Array(ServiceStatus)
})
export type ClusterStatus = typeof ClusterStatus.Type

export class Unauthorized extends Schema.TaggedError<Unauthorized>()(
  "Unauthorized",
  {},
  HttpApiSchema.annotations({ status: 401 })
) {}

export class NoSuchProcess extends Schema.TaggedError<NoSuchProcess>()(
  "NoSuchProcess",
  { service: Schema.String, index: Schema.NullOr(Schema.Int) },
  HttpApiSchema.annotations({ status: 404 })
) {
  override get message() {
    return this.index === null
      ? `There is no service ${this.service}`
      : `There is no process ${this.service}-${this.index}`
  }
}

/** `one-writer`: its database takes one process. `fixed`: there is one of it. `stopped`: none of it runs now. */
export class NotPossible extends Schema.TaggedError<NotPossible>()(
  "NotPossible",
  { service: Schema.String, reason: Schema.Literal("one-writer", "fixed", "stopped", "stopping") },
  HttpApiSchema.annotations({ status: 409 })
) {
  override get message() {
    return `${this.service}: ${this.reason}`
  }
}

/** A new process did not get ready; those that were there before still run. */
export class NotReady extends Schema.TaggedError<NotReady>()(
  "NotReady",
  { service: Schema.String, index: Schema.Int, ended: Schema.NullOr(Schema.String) },
  HttpApiSchema.annotations({ status: 503 })
) {
  override get message() {
    return `${this.service}-${this.index} did not get ready`
  }
}

/** Whoever can read the supervisor's file in the data folder. */
export class OwnerOnly extends HttpApiMiddleware.Tag<OwnerOnly>()("@saucier/runtime/OwnerOnly", {
  failure: Unauthorized,
  security: { token: HttpApiSecurity.bearer }
}) {}

const service = Schema.Struct({ service: Schema.String })
const process = Schema.Struct({ service: Schema.String, index: Schema.NumberFromString.pipe(Schema.int()) })
const Scale = Schema.Struct({ processes: Schema.Int.pipe(Schema.between(1, 32)) })

const ofService = <const Name extends string>(name: Name) =>
  HttpApiEndpoint.post(name, `/services/:service/${name}`).setPath(service).addSuccess(ServiceStatus)
    .addError(NoSuchProcess).addError(NotPossible).addError(NotReady)

const ofProcess = <const Name extends string>(name: Name) =>
  HttpApiEndpoint.post(name, `/services/:service/:index/${name}`).setPath(process)
    .addSuccess(Schema.Void, { status: 204 }).addError(NoSuchProcess)

/** Unwatched, it is not taken for a process that hangs, which would be killed and replaced. */
const Pause = Schema.Struct({ unwatched: Schema.optionalWith(Schema.Boolean, { default: () => false }) })

class Control extends HttpApiGroup.make("control")
  .add(HttpApiEndpoint.get("status", "/status").addSuccess(ClusterStatus))
  .add(
    HttpApiEndpoint.put("scale", "/services/:service/scale").setPath(service).setPayload(Scale)
      .addSuccess(ServiceStatus).addError(NoSuchProcess).addError(NotPossible).addError(NotReady)
  )
  .add(ofService("restart"))
  .add(ofService("stop"))
  .add(ofService("start"))
  .add(ofProcess("kill"))
  .add(
    HttpApiEndpoint.post("pause", "/services/:service/:index/pause").setPath(process).setPayload(Pause)
      .addSuccess(Schema.Void, { status: 204 }).addError(NoSuchProcess)
  )
  .add(ofProcess("resume"))
  .middleware(OwnerOnly)
{}

export const SupervisorHttp = HttpApi.make("supervisor").add(Control)

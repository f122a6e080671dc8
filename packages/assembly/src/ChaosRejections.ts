/** Why the chaos desk says no. */
import * as Schema from "effect/Schema"
import { ChaosService } from "./Chaos.ts"

const reasons = {
  "not-loopback": "it is only there when the system listens on loopback: set SAUCIER_HTTP_HOST to 127.0.0.1",
  "keys": "it is only there where nobody has to say who they are: take the keys out of SAUCIER_AUTH_KEYS",
  "real-provider":
    "it is only there when the bank is the stand-in: take SAUCIER_PROVIDER_URL out of the settings",
  "no-supervisor":
    "nobody here ends what it begins: start the system by `pnpm start` or `pnpm saucier cluster`"
} as const
export type OffReason = keyof typeof reasons

/** Faults are for a system that somebody develops with, on their own machine. */
export class ChaosOff extends Schema.TaggedError<ChaosOff>()("ChaosOff", {
  reason: Schema.Literal("not-loopback", "keys", "real-provider", "no-supervisor")
}) {
  override get message() {
    return `The chaos desk is off: ${reasons[this.reason]}`
  }
}

/** A browser asks for a page that is not of this system, or by a name that is not of this machine. */
export class ForeignPage extends Schema.TaggedError<ForeignPage>()("ForeignPage", {}) {
  override get message() {
    return "Only the system's own pages may ask for this, by localhost or 127.0.0.1"
  }
}

/** One process cannot be hit in part. */
export class ChaosNeedsCluster
  extends Schema.TaggedError<ChaosNeedsCluster>()("ChaosNeedsCluster", { kind: Schema.String })
{
  override get message() {
    return `${this.kind} wants services that run as processes of their own: start the system by \`pnpm saucier cluster\``
  }
}

/** The service has a fault already, `fault` by its id. */
export class ChaosBusy
  extends Schema.TaggedError<ChaosBusy>()("ChaosBusy", { service: ChaosService, fault: Schema.String })
{
  override get message() {
    return `service ${this.service} is under ${this.fault} already: wait until that has ended, or end it`
  }
}

/**
 * `absent`: this system has no such service. `no-process`: none with this index runs. `one-writer`: its database takes one
 * process. `fixed`: there is one of it. `stopped`, `stopping`: none of it runs. `not-ready`: a new process did not get ready.
 * `unreachable`: whoever would have to do it does not answer.
 */
export class ChaosNotPossible extends Schema.TaggedError<ChaosNotPossible>()("ChaosNotPossible", {
  subject: Schema.String,
  reason: Schema.Literal(
    "absent",
    "no-process",
    "one-writer",
    "fixed",
    "stopped",
    "stopping",
    "not-ready",
    "unreachable"
  )
}) {
  override get message() {
    return `${this.subject}: ${this.reason}`
  }
}

/** No fault with this id is under way. */
export class ChaosFaultOver
  extends Schema.TaggedError<ChaosFaultOver>()("ChaosFaultOver", { fault: Schema.String })
{
  override get message() {
    return `fault ${this.fault} is not under way`
  }
}

import type * as ChaosSchemas from "@saucier/assembly/Chaos"
import { read, request } from "./Http.ts"

export type Chaos = typeof ChaosSchemas.Chaos.Encoded
export type Request = typeof ChaosSchemas.ChaosRequest.Encoded
export type Offer = Chaos["offers"][number]
export type Strike = Offer["strike"]
export type Fault = Chaos["faults"][number]
export type PastFault = Chaos["past"][number]
export type ServiceView = Chaos["services"][number]
export type Load = NonNullable<Chaos["load"]>
export type Counters = Chaos["counters"]
export type Guarantee = Offer["holds"][number]
export type Symptom = Offer["meanwhile"][number]
export type Preset = NonNullable<Chaos["preset"]>

export const now = (signal?: AbortSignal): Promise<Chaos> => read("/ops/chaos", signal)

/** A service is stopped, started or scaled in seconds at best. */
const patience = 60_000

export const ask = async (body: Request): Promise<void> => {
  await request("POST", "/ops/chaos", { body, timeout: patience })
}

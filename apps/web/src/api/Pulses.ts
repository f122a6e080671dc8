import type * as PulseHttp from "@saucier/assembly/PulseHttp"
import { query, read } from "./Http.ts"

export type Pulse = typeof PulseHttp.Pulse.Encoded
export type Second = Pulse["seconds"][number]
export type Breaker = Pulse["breakers"][number]
export type Transition = Breaker["transitions"][number]

/** The seconds after a time, in epoch milliseconds. */
export const after = (at: number, signal?: AbortSignal): Promise<Pulse> =>
  read(`/ops/pulse${query({ after: at })}`, signal)

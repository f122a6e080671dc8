import type * as OperatorHttp from "@saucier/assembly/OperatorHttp"
import type * as ProbeEntity from "@saucier/assembly/ProbeEntity"
import type * as SystemHttp from "@saucier/assembly/SystemHttp"
import type * as Settings from "@saucier/runtime/Settings"
import { read, request } from "./Http.ts"

export type System = typeof SystemHttp.System.Encoded
export type Runner = System["runners"][number]
export type Facts = System["gateway"]
export type Residents = typeof ProbeEntity.Residents.Encoded
export type Setting = typeof Settings.SettingInForce.Encoded
export type Parked = typeof OperatorHttp.ParkedView.Encoded

interface Items<A> {
  readonly items: ReadonlyArray<A>
}

export const now = (signal?: AbortSignal): Promise<System> => read("/ops/system", signal)

/** The actors that live in a shard at this moment. Shards are numbered from 1. */
export const residents = (context: string, shard: number, signal?: AbortSignal): Promise<Residents> =>
  read(`/ops/system/${encodeURIComponent(context)}/shards/${shard}`, signal)

export const settings = async (signal?: AbortSignal): Promise<ReadonlyArray<Setting>> =>
  (await read<Items<Setting>>("/ops/settings", signal)).items

export const parked = async (signal?: AbortSignal): Promise<ReadonlyArray<Parked>> =>
  (await read<Items<Parked>>("/ops/parked", signal)).items

/** Asks for a stream's parked events to be tried again, or for the first of them to be dropped. */
export const serve = async (
  { context, event: { streamId }, subscription }: Parked,
  wish: "retry" | "skip"
): Promise<void> => {
  await request("POST", "/ops/parked", { body: { context, subscription, streamId, request: wish } })
}

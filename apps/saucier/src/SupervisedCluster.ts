/** A supervisor with its hold on the data folder, its public address and its control address. */
import type { ChaosDesk } from "@saucier/assembly/ChaosDesk"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Supervisor from "./Supervisor.ts"
import * as SupervisorControl from "./SupervisorControl.ts"
import * as SupervisorDoor from "./SupervisorDoor.ts"
import { SupervisorNews } from "./SupervisorNews.ts"
import type { Tiers } from "./SupervisorPlan.ts"
import { SupervisorRecords } from "./SupervisorRecords.ts"

export interface Surroundings {
  /** Where callers come. */
  readonly publicUrl: string
  readonly control: { readonly url: string; readonly token: string }
}

export interface Options<E, R> {
  readonly dataDir: string
  readonly host: string
  readonly port: number
  /** The service that the public address leads to. */
  readonly gateway: string
  /** What callers of the control address reach besides the processes. */
  readonly desk: ChaosDesk["Type"]
  readonly plan: (surroundings: Surroundings) => Effect.Effect<Tiers, E, R>
}

const isReady = ({ state, url }: { readonly state: string; readonly url: string | null }) =>
  state === "ready" && url !== null

/** When the scope closes: no new callers, the processes in order, and then what they might have needed of us. */
export const open = <E, R>({ dataDir, desk, gateway, host, plan, port }: Options<E, R>) =>
  Effect.gen(function*() {
    const records = yield* SupervisorRecords
    const news = yield* SupervisorNews
    const gateways = yield* Ref.make<Effect.Effect<ReadonlyArray<string>>>(Effect.succeed([]))
    const door = yield* SupervisorDoor.open({
      host,
      port,
      gateways: Effect.flatten(Ref.get(gateways)),
      patience: "10 seconds"
    })
    const control = yield* SupervisorControl.listen({ dataDir, publicUrl: door.url })
    yield* Effect.forEach(yield* records.endLeftOvers, (name) => news.tell({ _tag: "LeftOver", name }))
    const supervisor = yield* Supervisor.make(yield* plan({ publicUrl: door.url, control }))
    const { status } = yield* supervisor.service(gateway)
    yield* Ref.set(
      gateways,
      Effect.map(status, ({ processes }) => processes.filter(isReady).flatMap(({ url }) => url ?? []))
    )
    yield* control.serve(supervisor, desk)
    yield* Effect.addFinalizer(() => Effect.zipRight(door.shut, supervisor.end))
    return { url: door.url, supervisor }
  })

/** A chaos desk that opens when there is something to strike at, and closes before that ends. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { ChaosDesk } from "@saucier/assembly/ChaosDesk"
import * as ChaosDeskOff from "@saucier/assembly/ChaosDeskOff"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import { HttpAddress } from "@saucier/runtime/HttpRuntime"
import { Settings } from "@saucier/runtime/Settings"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as ChaosDeskHere from "./ChaosDeskHere.ts"
import * as ChaosMode from "./ChaosMode.ts"
import * as ChaosProcesses from "./ChaosProcesses.ts"

type Desk = ChaosDesk["Type"]

const closedNow = new ServiceUnavailable({
  service: "The chaos desk",
  detail: "the system starts or ends",
  retryAfter: 1
})
const closed: Desk = { state: closedNow, strike: () => closedNow }

export const make = Effect.map(Ref.make(closed), (slot) => ({
  desk: ChaosDesk.of({
    state: Effect.flatMap(Ref.get(slot), ({ state }) => state),
    strike: (request) => Effect.flatMap(Ref.get(slot), ({ strike }) => strike(request))
  }),
  /** As long as the scope is open. */
  open: (desk: Desk) => Effect.acquireRelease(Ref.set(slot, desk), () => Ref.set(slot, closed))
}))
export type Slot = Effect.Effect.Success<typeof make>

export class ChaosSlot extends Context.Tag("@saucier/app-saucier/ChaosSlot")<ChaosSlot, Slot>() {}

export const layer = Layer.effect(ChaosSlot, make)

/** What the gateway asks. */
export const desk = Layer.effect(ChaosDesk, Effect.map(ChaosSlot, ({ desk }) => desk))

/** Opens the desk of the single process. It strikes by its own server's address, so it opens after the server, and closes first. */
export const single = Layer.scopedDiscard(Effect.gen(function*() {
  const { open } = yield* ChaosSlot
  const { url } = yield* HttpAddress
  const reason = ChaosMode.offBecause(yield* Settings)
  yield* open(
    reason === null
      ? yield* ChaosDeskHere.make({ url, presets: yield* ProviderPresets, processes: ChaosProcesses.none })
      : ChaosDeskOff.make(reason)
  )
})).pipe(Layer.provide(NodeHttpClient.layerUndici))

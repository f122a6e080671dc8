/**
 * The chaos desk of the single process. It strikes by the address that its own server listens on, so it opens after the
 * server does, and is closed before it drains: nothing is under way any more when the last requests are answered.
 */
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

class ChaosSlot extends Context.Tag("@saucier/app-saucier/ChaosSlot")<ChaosSlot, Ref.Ref<Desk>>() {}

const closedNow = new ServiceUnavailable({
  service: "The chaos desk",
  detail: "the system starts or ends",
  retryAfter: 1
})
const closed: Desk = { state: closedNow, strike: () => closedNow }

/** What the gateway asks. */
export const desk = Layer.effect(
  ChaosDesk,
  Effect.map(ChaosSlot, (slot) => ({
    state: Effect.flatMap(Ref.get(slot), ({ state }) => state),
    strike: (request) => Effect.flatMap(Ref.get(slot), ({ strike }) => strike(request))
  }))
)

/** Opens the desk, where this system may have one. */
export const live = Layer.scopedDiscard(Effect.gen(function*() {
  const slot = yield* ChaosSlot
  const { url } = yield* HttpAddress
  const reason = ChaosMode.offBecause(yield* Settings)
  const opened = reason === null
    ? yield* ChaosDeskHere.make({ url, presets: yield* ProviderPresets, processes: ChaosProcesses.none })
    : ChaosDeskOff.make(reason)
  yield* Effect.acquireRelease(Ref.set(slot, opened), () => Ref.set(slot, closed))
})).pipe(Layer.provide(NodeHttpClient.layerUndici))

export const layer = Layer.effect(ChaosSlot, Ref.make(closed))

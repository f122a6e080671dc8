/** Opens the chaos desk of a supervisor whose services are ready. */
import * as ChaosDeskOff from "@saucier/assembly/ChaosDeskOff"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as ProviderPresetsHttp from "@saucier/payment/ProviderPresetsHttp"
import * as Settings from "@saucier/runtime/Settings"
import * as Effect from "effect/Effect"
import * as ChaosDeskHere from "./ChaosDeskHere.ts"
import * as ChaosMode from "./ChaosMode.ts"
import type { Slot } from "./ChaosSlot.ts"
import * as ChaosSupervised from "./ChaosSupervised.ts"
import type { Supervisor } from "./Supervisor.ts"

/** Where the stand-in is steered: what the supervisor knows as its address. */
const controlOf = (supervisor: Supervisor) =>
  supervisor.service("provider").pipe(
    Effect.flatMap(({ status }) => status),
    Effect.map(({ processes: [bank] }) => bank?.url ?? null),
    Effect.orElseSucceed(() => null)
  )

export const open = (slot: Slot, supervisor: Supervisor, url: string) =>
  Effect.gen(function*() {
    const reason = ChaosMode.offBecause(yield* Settings.load)
    if (reason !== null) return yield* slot.open(ChaosDeskOff.make(reason))
    const control = yield* controlOf(supervisor)
    const presets = yield* Effect.provide(
      ProviderPresets,
      control === null ? ProviderPresetsHttp.layerNone : ProviderPresetsHttp.layer(control)
    )
    const desk = yield* ChaosDeskHere.make({ url, presets, processes: ChaosSupervised.make(supervisor) })
    yield* slot.open(desk)
  })

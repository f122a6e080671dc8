/** Of each strike: which promises it puts to the test and must leave standing, and what may be seen of it. Pure. */
import type { Preset } from "@saucier/payment/ProviderPresets"
import { presets } from "@saucier/payment/ProviderPresets"
import type { ChaosService, Guarantee, Offer, ServiceView, Strike, Symptom } from "./Chaos.ts"
import { rates } from "./Chaos.ts"

export interface Expectation {
  readonly holds: ReadonlyArray<Guarantee>
  readonly meanwhile: ReadonlyArray<Symptom>
}

const expect = (holds: ReadonlyArray<Guarantee>, meanwhile: ReadonlyArray<Symptom> = []): Expectation => ({
  holds,
  meanwhile
})

const ofPreset: Readonly<Record<Preset, Expectation>> = {
  "instant": expect(["P1", "P2", "P3"]),
  "healthy": expect(["P1", "P2", "P3"]),
  "seed": expect(["P1", "P2", "P3"]),
  "brownout": expect(["P1", "P2", "P3", "P9"], ["slow", "pending", "refused"]),
  "slow": expect(["P1", "P2", "P3", "P9"], ["slow", "pending", "refused"]),
  "down": expect(["P1", "P2", "P4", "P9"], ["refused"]),
  "decline": expect(["P1", "P2", "P3"], ["declined"]),
  "hang": expect(["P1", "P2", "P4", "P9"], ["slow", "pending", "refused"]),
  "lost-reply": expect(["P1", "P2", "P3", "P9"], ["pending"]),
  "duplicate-webhook": expect(["P2", "P3", "P6"])
}

/** A service that is away, by whichever strike. */
const ofAbsence: Readonly<Record<ChaosService, Expectation>> = {
  gateway: expect(["P1", "P3", "P7"], ["unreachable"]),
  order: expect(["P1", "P2", "P5", "P9"], ["slow", "refused"]),
  payment: expect(["P1", "P2", "P4", "P5", "P9"], ["slow", "pending", "refused"]),
  delivery: expect(["P1", "P3", "P5", "P6"], ["late-delivery"]),
  dashboard: expect(["P1", "P6", "P8"], ["late-dashboard"]),
  provider: expect(["P1", "P2", "P4", "P9"], ["pending", "refused"]),
  postgres: expect(["P1", "P2", "P3", "P9"], ["unreachable", "refused", "late-delivery", "late-dashboard"])
}

export const of = (strike: Strike): Expectation => {
  switch (strike.kind) {
    case "preset":
      return ofPreset[strike.preset]
    case "load":
      return expect(["P1", "P2", "P3", "P9"], strike.rate === 100 ? ["slow", "busy"] : [])
    case "kill":
    case "pause":
    case "stop":
      return ofAbsence[strike.service]
    case "scale":
      return expect(["P1", "P5", "P10"])
  }
}

const ofService = ({ can, service, wanted }: ServiceView): ReadonlyArray<Strike> => {
  const seconds = 30
  const all: Readonly<Record<ServiceView["can"][number], Strike>> = {
    kill: { kind: "kill", service },
    pause: { kind: "pause", service, seconds },
    stop: { kind: "stop", service, seconds },
    scale: { kind: "scale", service, seconds, processes: wanted === 1 ? 2 : 1 }
  }
  return can.map((kind) => all[kind])
}

/** All switches of a system with these services. */
export const offers = (services: ReadonlyArray<ServiceView>): ReadonlyArray<Offer> => {
  const strikes: ReadonlyArray<Strike> = [
    ...presets.map((preset) => ({ kind: "preset" as const, preset, seconds: 30 })),
    ...rates.map((rate) => ({ kind: "load" as const, rate, seconds: 30 })),
    ...services.flatMap(ofService)
  ]
  return strikes.map((strike) => {
    const { holds, meanwhile } = of(strike)
    return { strike, holds, meanwhile }
  })
}

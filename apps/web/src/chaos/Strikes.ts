import type { Fault, Strike } from "../api/Chaos.ts"

/** Strikes of one switch have one key, however long each of them lasts. */
export const keyOf = (strike: Strike): string => {
  switch (strike.kind) {
    case "preset":
      return `preset ${strike.preset}`
    case "load":
      return `load ${strike.rate}`
    case "kill":
    case "pause":
    case "stop":
    case "scale":
      return `${strike.kind} ${strike.service}`
  }
}

/** The strike of a switch, to last so long; a kill lasts as long as it takes. */
export const lasting = (strike: Strike, seconds: number): Strike =>
  strike.kind === "kill" ? strike : { ...strike, seconds }

/** The fault that a switch has under way. */
export const faultOf = (faults: ReadonlyArray<Fault>, strike: Strike): Fault | undefined =>
  faults.find((fault) => keyOf(fault.strike) === keyOf(strike))

/** Of its time, from 1 down to 0; null where its end is not a matter of time. */
export const share = ({ endsAt, startedAt }: Fault, at: number): number | null =>
  endsAt === null ? null : Math.min(1, Math.max(0, (endsAt - at) / Math.max(1, endsAt - startedAt)))

import type { ChaosDesk } from "./ChaosDesk.ts"
import { ChaosOff } from "./ChaosRejections.ts"

/** A desk that only says why it is closed. */
export const make = (reason: ChaosOff["reason"]): ChaosDesk["Type"] => {
  const no = new ChaosOff({ reason })
  return { state: no, strike: () => no }
}

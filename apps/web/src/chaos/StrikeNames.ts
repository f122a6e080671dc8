import type { Strike } from "../api/Chaos.ts"
import type { en } from "./ChaosTextsEn.ts"

/** What a switch says: `Brownout`, `Kill -9`, `Scale to 3`. */
export const actName = (texts: typeof en, strike: Strike): string => {
  switch (strike.kind) {
    case "preset":
      return texts.preset[strike.preset].name
    case "load":
      return texts.rate(String(strike.rate))
    case "scale":
      return texts.acts.scale(String(strike.processes))
    case "kill":
    case "pause":
    case "stop":
      return texts.acts[strike.kind]
  }
}

/** What a fault is called: `Bank: Brownout`, `Kill -9: order-1`. `index` is the process that was hit. */
export const strikeName = (texts: typeof en, strike: Strike, index: number | null): string => {
  const act = actName(texts, strike)
  switch (strike.kind) {
    case "preset":
      return texts.strikes.preset(act)
    case "load":
      return texts.strikes.load(String(strike.rate))
    case "kill":
    case "pause":
    case "stop":
    case "scale":
      return texts.strikes.process(
        act,
        index === null ? texts.service[strike.service] : `${strike.service}-${index}`
      )
  }
}

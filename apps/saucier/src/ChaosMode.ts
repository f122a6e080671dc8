import type { ChaosOff } from "@saucier/assembly/ChaosRejections"
import * as Authentication from "@saucier/runtime/Authentication"
import type { SettingsSchema } from "@saucier/runtime/Settings"
import * as Option from "effect/Option"

/** Why a system with these settings has no chaos desk; null where it has one. */
export const offBecause = (
  { authKeys, httpHost, providerUrl }: typeof SettingsSchema.Type
): ChaosOff["reason"] | null => {
  if (!Authentication.isLoopback(httpHost)) return "not-loopback"
  if (authKeys.size > 0) return "keys"
  return Option.isSome(providerUrl) ? "real-provider" : null
}

/** Which pages are of use to whom; the server refuses the rest by itself. */
import type { Principal } from "./Session.ts"

const only: Readonly<Record<string, ReadonlyArray<Principal["role"]>>> = {
  place: ["branch", "operator"],
  payments: ["clerk", "operator"],
  deliveries: ["branch", "clerk", "dispatcher", "operator"],
  system: ["operator"],
  chaos: ["operator"]
}

export const isFor = (page: string, principal: Principal | null): boolean =>
  principal !== null && (only[page]?.includes(principal.role) ?? true)

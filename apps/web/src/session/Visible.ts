/** Which pages are of use to whom; the server refuses the rest by itself. */
import type { Principal } from "./Session.ts"

const only: Readonly<Record<string, ReadonlyArray<Principal["role"]>>> = {
  place: ["branch", "operator"],
  payments: ["clerk", "operator"],
  deliveries: ["branch", "clerk", "dispatcher", "operator"],
  system: ["operator"],
  chaos: ["operator"]
}

/** Faults are for those who develop on their own machine, where nobody has to say who they are. */
const isDeveloped = ({ name }: Principal): boolean =>
  name === null && /^(127\.|localhost$|\[::1\]$)/.test(location.hostname)

export const isFor = (page: string, principal: Principal | null): boolean =>
  principal !== null && (only[page]?.includes(principal.role) ?? true) &&
  (page !== "chaos" || isDeveloped(principal))

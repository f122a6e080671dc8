/** Every check, and what they find together. */
import { deliveries } from "./CheckDeliveries.ts"
import { durability } from "./CheckDurability.ts"
import { idempotency } from "./CheckIdempotency.ts"
import { linearizability } from "./CheckLinearizability.ts"
import { liveness } from "./CheckLiveness.ts"
import { charges, refunds } from "./CheckMoney.ts"
import { readings } from "./CheckReadings.ts"
import { sessions } from "./CheckSessions.ts"
import { versions } from "./CheckVersions.ts"
import type { Evidence } from "./Evidence.ts"
import type { Check, Violation } from "./Violation.ts"

export const all: ReadonlyArray<Check> = [
  durability,
  idempotency,
  charges,
  deliveries,
  refunds,
  versions,
  linearizability,
  readings,
  sessions,
  liveness
]

export const violations = (evidence: Evidence): ReadonlyArray<Violation> =>
  all.flatMap((check) => check.violations(evidence))

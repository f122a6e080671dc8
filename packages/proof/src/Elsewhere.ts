/** Rows that no public interface of a running system shows: the command that shows each instead. */
import type { ClaimId } from "./ClaimTextsEn.ts"

export const elsewhere: Readonly<Partial<Record<ClaimId, string>>> = {
  "2.3": "pnpm test apps/saucier/test/Interleavings.test.ts",
  "3.1": "pnpm test packages/dashboard/test/OrderRow.test.ts",
  "6.1": "pnpm test:ci",
  "7.1": "pnpm test:k8s",
  "9.1": "pnpm autoscaling",
  "11.1": "pnpm test:cluster",
  B3: "pnpm test packages/dashboard/test/OrderRow.test.ts",
  B4: "pnpm test apps/saucier/test/Interleavings.test.ts",
  C4: "pnpm test infra/ci/boundaries.test.ts",
  C6: "pnpm test packages/eventsourcing/test/PolicyOrder.test.ts",
  C8: "pnpm test:alerts"
}

import { defineWorkspace } from "vitest/config"

export default defineWorkspace([
  { test: { name: "packages", include: ["packages/*/test/**/*.test.ts"], testTimeout: 60_000 } },
  {
    test: { name: "apps", include: ["apps/*/test/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 60_000 }
  },
  { test: { name: "infra", include: ["infra/**/*.test.ts"], testTimeout: 60_000 } }
])

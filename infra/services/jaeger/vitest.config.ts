import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../../..", import.meta.url).pathname,
    globalSetup: "infra/services/jaeger/Setup.ts",
    include: ["infra/services/jaeger/*.scenario.ts"],
    testTimeout: 600_000,
    fileParallelism: false
  }
})

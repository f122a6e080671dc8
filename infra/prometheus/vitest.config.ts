import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    globalSetup: "infra/prometheus/Setup.ts",
    include: ["infra/prometheus/*.scenario.ts"],
    testTimeout: 600_000,
    fileParallelism: false
  }
})

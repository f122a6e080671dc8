import { defineConfig } from "vitest/config"

/** Real processes share two cores: one scenario at a time. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["infra/cluster/*.scenario.ts"],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false
  }
})

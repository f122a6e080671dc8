import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["infra/model/*.scenario.ts"],
    testTimeout: 560_000,
    hookTimeout: 120_000,
    fileParallelism: false
  }
})

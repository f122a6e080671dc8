import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["infra/browser/*.scenario.ts"],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false
  }
})

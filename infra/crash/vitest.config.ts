import { defineConfig } from "vitest/config"

/** They wait more than they work: so many side by side. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["infra/crash/*.scenario.ts"],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxConcurrency: 6
  }
})

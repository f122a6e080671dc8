import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["infra/ci/*.proof.ts"],
    testTimeout: 600_000
  }
})

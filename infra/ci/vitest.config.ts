import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    globalSetup: "infra/ci/Setup.ts",
    include: ["infra/ci/*.proof.ts"],
    testTimeout: 600_000
  }
})

import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    globalSetup: "infra/k8s/Setup.ts",
    include: ["infra/k8s/*.proof.ts"],
    testTimeout: 600_000,
    fileParallelism: false
  }
})

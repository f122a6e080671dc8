import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

/** Files that start processes wait as much as they work, so there are more files under way than processors. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    workspace: "vitest.workspace.ts",
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    reporters: ["default", "infra/ci/CountReporter.ts"]
  }
})

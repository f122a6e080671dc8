import { defineConfig } from "vitest/config"

/** The first run installs and bundles the release before, too. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["infra/release/*.scenario.ts"],
    testTimeout: 900_000
  }
})

/**
 * `pnpm rollout <single|cluster> --version 1.2.3 --registry ghcr.io/owner/saucier [--order] [--patience 5m]` brings a release
 * into the cluster that kubectl talks to. `pnpm rollout smoke <url> [--order]` only asks whether somebody serves there.
 * SAUCIER_API_KEY is shown where keys are asked for.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import process from "node:process"
import { parseArgs } from "node:util"
import * as Rollout from "./Rollout.ts"
import * as Smoke from "./Smoke.ts"

const usage = "usage: pnpm rollout <single|cluster> --version <version> --registry <registry> [--order] " +
  "[--patience 5m]\n       pnpm rollout smoke <url> [--order]\n"

const read = () => {
  const { positionals: [what, url], values } = parseArgs({
    allowPositionals: true,
    options: {
      version: { type: "string", default: "" },
      registry: { type: "string", default: "" },
      patience: { type: "string", default: "5m" },
      order: { type: "boolean", default: false }
    }
  })
  const { SAUCIER_API_KEY: given = "" } = process.env
  const smoke = { key: given.trim() === "" ? undefined : given.trim(), order: values.order }
  if (what === "smoke" && url !== undefined) {
    return Effect.zipRight(Smoke.check(url.replace(/\/$/, ""), smoke), Console.log(`${url} serves`))
  }
  const { patience, registry, version } = values
  if ((what !== "single" && what !== "cluster") || url !== undefined || version === "" || registry === "") {
    return undefined
  }
  return Rollout.rollOut({ ...smoke, overlay: what, patience, registry, version })
}

const parsed = () => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const asked = parsed()
if (asked === undefined) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  asked.pipe(
    Effect.catchAll(({ message }) =>
      Effect.zipRight(Console.error(message), Effect.sync(() => process.exitCode = 1))
    ),
    NodeRuntime.runMain
  )
}

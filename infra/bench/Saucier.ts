/** Saucier as its users start it, on fresh storage that goes with it. */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Child from "./Child.ts"
import { because } from "./Failure.ts"
import type { Target } from "./Target.ts"

const program = fileURLToPath(new URL("../../apps/saucier/bin/saucier.js", import.meta.url))

export const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-bench-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)

const listening = ({ ended, printed }: Child.Child) => {
  const url = Effect.suspend(() => {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/docs/.exec(printed()) ?? []
    return url === undefined ? Effect.fail(because("It does not listen yet")) : Effect.succeed(new URL(url))
  })
  return Effect.raceFirst(
    Effect.retry(url, Schedule.spaced("5 millis")),
    Effect.flatMap(
      ended,
      (code) => Effect.fail(because(`Saucier ended with ${code} before it listened: ${printed()}`))
    )
  ).pipe(
    Effect.timeoutFail({
      duration: "60 seconds",
      onTimeout: () => because("It did not listen within 60 s")
    })
  )
}

/** Ends with the scope, gracefully, so that a profiler of `nodeArgs` writes what it saw. */
export const start = (
  nodeArgs: ReadonlyArray<string> = [],
  settings: Readonly<Record<string, string>> = {}
) =>
  Effect.gen(function*() {
    const data = yield* folder
    const child = yield* Child.make(process.execPath, [...nodeArgs, program, "start"], {
      SAUCIER_DATA_DIR: data,
      SAUCIER_HTTP_PORT: "0",
      SAUCIER_PROVIDER_PRESET: "instant",
      LANG: "C",
      ...settings
    })
    const base = yield* listening(child)
    return {
      name: "saucier",
      base,
      pids: child.process.pid === undefined ? [] : [child.process.pid],
      post: "/orders",
      get: "/orderDashboards/{id}",
      counts: new URL("/counts", base)
    } satisfies Target
  })

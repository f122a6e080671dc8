/** The rendered overlays are what the real kustomize makes of the sources; `-u` writes them anew. Needs Go, once. */
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import * as Release from "../deploy/Release.ts"
import * as Tools from "../tools/Tools.ts"
import * as Manifests from "./Manifests.ts"

describe.each(Manifests.overlays)("the overlay %s", (overlay) => {
  it("is rendered as kustomize does", () =>
    Effect.runPromise(Effect.gen(function*() {
      const kustomize = yield* Tools.program("kustomize")
      const text = execFileSync(kustomize, ["build", join(Manifests.folder, "overlays", overlay)], {
        encoding: "utf8"
      })
      const file = join(Manifests.folder, "rendered", `${overlay}.yaml`)
      yield* Effect.promise(() => expect(Manifests.fingerprint() + text).toMatchFileSnapshot(file))
    })))

  it("has the images of a release where one is rolled out, and no other", () =>
    Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const kustomize = yield* Tools.program("kustomize")
      const folder = yield* Release.folder({ overlay, version: "1.2.3", registry: "ghcr.io/a/b" })
      const text = execFileSync(kustomize, ["build", folder], { encoding: "utf8" })
      const images = Array.from(text.matchAll(/image: (.*)/g), ([, image = ""]) => image)
      expect(images.length).toBeGreaterThan(0)
      for (const image of images) expect(image).toMatch(/^ghcr\.io\/a\/b\/\w+:1\.2\.3$/)
    }))))
})

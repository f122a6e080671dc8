/** Every object is one that Kubernetes would take: known fields, right types, nothing missing. Without a cluster. */
import { assert, describe, it } from "@effect/vitest"
import * as Predicate from "effect/Predicate"
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Manifests from "./Manifests.ts"

const root = join(import.meta.dirname, "../..")
const require = createRequire(import.meta.url)

/** By the constraints of Kubernetes' OpenAPI document: what is required, formats, enumerations. */
const validate = (manifest: Manifests.Manifest) => {
  const { apiVersion, kind } = manifest
  const models: unknown = require(`kubernetes-models/${apiVersion}/${kind}`)
  const exported = Predicate.hasProperty(models, kind) ? models[kind] : undefined
  assert(Predicate.isFunction(exported), `${apiVersion} knows no ${kind}`)
  const model: unknown = Reflect.construct(exported, [manifest])
  assert(Predicate.hasProperty(model, "validate") && Predicate.isFunction(model.validate))
  Reflect.apply(model.validate, model, [])
}

/** By its types, which know every field, so that one which is misspelt has no place. */
const strict = (manifests: ReadonlyArray<Manifests.Manifest>) => {
  const folder = mkdtempSync(join(tmpdir(), "saucier-k8s-"))
  try {
    const types = (apiVersion: string) => apiVersion === "v1" ? "core/v1" : apiVersion.replace(".k8s.io", "")
    const lines = manifests.map((manifest, index) =>
      `export const m${index}: import("kubernetes-types/${types(manifest.apiVersion)}").${manifest.kind} = ` +
      JSON.stringify(manifest, null, 1)
    )
    writeFileSync(join(folder, "manifests.ts"), lines.join("\n"))
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          module: "esnext",
          moduleResolution: "bundler",
          types: [],
          paths: { "kubernetes-types/*": [join(root, "node_modules/kubernetes-types/*")] }
        },
        files: ["manifests.ts"]
      })
    )
    const { status, stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], {
      encoding: "utf8"
    })
    return { status, said: stdout }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.each(Manifests.overlays)("the objects of the overlay %s", (overlay) => {
  it("are rendered from the sources that are here", () => {
    assert.strictEqual(Manifests.rendered(overlay).text.split("\n")[0], Manifests.fingerprint().trim())
  })

  it("hold to the schemas of their kinds", () => {
    const manifests = Manifests.manifests(overlay)
    assert.isAbove(manifests.length, 8)
    for (const manifest of manifests) validate(manifest)
  })

  it("have no field that their kinds do not know", () => {
    assert.deepStrictEqual(strict(Manifests.manifests(overlay)), { status: 0, said: "" })
  })

  it("are in the namespace, each once", () => {
    const names = Manifests.manifests(overlay).map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    assert.deepStrictEqual(names, Array.from(new Set(names)))
    for (const { kind, metadata } of Manifests.manifests(overlay)) {
      assert.strictEqual(metadata.namespace, kind === "Namespace" ? undefined : "saucier")
    }
  })
})

describe("the check itself", () => {
  const spoiled = (from: string, to: string) => {
    const text = JSON.stringify(Manifests.manifests("cluster"))
    assert.include(text, from)
    const manifests: ReadonlyArray<Manifests.Manifest> = JSON.parse(text.replaceAll(from, to))
    return manifests
  }

  it.each([
    ["\"terminationGracePeriodSeconds\"", "\"terminationGracePeriodSecond\""],
    ["\"maxUnavailable\":1", "\"maxUnavailable\":[1]"],
    ["\"containerPort\":8088", "\"containerPort\":\"8088\""]
  ])("refuses %s that became %s", (from, to) => {
    const { said, status } = strict(spoiled(from, to))
    assert.strictEqual(status, 1)
    assert.match(said, /TS2353|TS2322|TS2561/)
  })

  it.each([
    ["\"scaleTargetRef\"", "\"scaleTarget\""],
    ["\"type\":\"RollingUpdate\"", "\"type\":\"Rolling\""]
  ])("refuses what is required or enumerated: %s that became %s", (from, to) => {
    assert.throws(() => spoiled(from, to).forEach(validate), /must/)
  })
})

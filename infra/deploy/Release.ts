/** An overlay with the images of a release, as a folder that kustomize reads; gone with the scope. */
import * as Effect from "effect/Effect"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { stringify } from "yaml"

export interface Release {
  readonly overlay: "single" | "cluster"
  readonly version: string
  /** What stands before the names of the images, such as `ghcr.io/owner/saucier`. */
  readonly registry: string
}

const k8s = join(import.meta.dirname, "../k8s")

const appsOf = (overlay: string) =>
  Array.from(
    readFileSync(join(k8s, "overlays", overlay, "kustomization.yaml"), "utf8").matchAll(
      /- name: saucier\/(\w+)/g
    ),
    ([, app = ""]) => app
  )

/** kustomize takes no absolute paths, so the folder lies beside the overlays. */
export const folder = ({ overlay, registry, version }: Release) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const path = mkdtempSync(join(k8s, ".release-"))
      const kustomization = {
        apiVersion: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources: [`../overlays/${overlay}`],
        images: appsOf(overlay).map((app) => ({
          name: `saucier/${app}`,
          newName: `${registry}/${app}`,
          newTag: version
        }))
      }
      writeFileSync(join(path, "kustomization.yaml"), stringify(kustomization))
      return path
    }),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )

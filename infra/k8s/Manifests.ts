/** The overlays as kustomize renders them (`rendered/`), and what is asked of their objects. */
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { globSync } from "tinyglobby"
import { parseAllDocuments } from "yaml"

export const folder = import.meta.dirname

export const overlays = ["single", "cluster"] as const
export type Overlay = (typeof overlays)[number]

const Labels = Schema.Record({ key: Schema.String, value: Schema.String })
const Port = Schema.Union(Schema.String, Schema.Int)

export const Manifest = Schema.Struct({
  apiVersion: Schema.String,
  kind: Schema.String,
  metadata: Schema.Struct({ name: Schema.String, namespace: Schema.optional(Schema.String) })
}, { key: Schema.String, value: Schema.Unknown })
export type Manifest = typeof Manifest.Type

const Probe = Schema.Struct({ httpGet: Schema.Struct({ path: Schema.String, port: Port }) })

const Container = Schema.Struct({
  name: Schema.String,
  image: Schema.String,
  env: Schema.optionalWith(
    Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.optional(Schema.String) })),
    {
      default: () => []
    }
  ),
  ports: Schema.Array(Schema.Struct({ name: Schema.String, containerPort: Schema.Int })),
  startupProbe: Probe,
  livenessProbe: Probe,
  readinessProbe: Probe,
  lifecycle: Schema.Struct({ preStop: Schema.Struct({ sleep: Schema.Struct({ seconds: Schema.Int }) }) }),
  resources: Schema.Struct({
    requests: Schema.Struct({ cpu: Schema.String, memory: Schema.String }),
    limits: Schema.Struct({ memory: Schema.String })
  }),
  securityContext: Schema.Struct({
    allowPrivilegeEscalation: Schema.Boolean,
    readOnlyRootFilesystem: Schema.Boolean,
    capabilities: Schema.Struct({ drop: Schema.Array(Schema.String) })
  })
})

export const Deployment = Schema.Struct({
  kind: Schema.Literal("Deployment"),
  metadata: Schema.Struct({ name: Schema.String }),
  spec: Schema.Struct({
    replicas: Schema.optional(Schema.Int),
    minReadySeconds: Schema.Int,
    strategy: Schema.Struct({ type: Schema.String, rollingUpdate: Schema.optional(Schema.Unknown) }),
    template: Schema.Struct({
      metadata: Schema.Struct({ labels: Labels }),
      spec: Schema.Struct({
        automountServiceAccountToken: Schema.Boolean,
        serviceAccountName: Schema.String,
        terminationGracePeriodSeconds: Schema.Int,
        securityContext: Schema.Struct({
          runAsNonRoot: Schema.Boolean,
          runAsUser: Schema.Int,
          seccompProfile: Schema.Struct({ type: Schema.String })
        }),
        topologySpreadConstraints: Schema.Array(Schema.Struct({ topologyKey: Schema.String })),
        containers: Schema.Tuple(Container)
      })
    })
  })
})
export type Deployment = typeof Deployment.Type

export const ConfigMap = Schema.Struct({ kind: Schema.Literal("ConfigMap"), data: Labels })

const Selector = Schema.Struct({
  matchLabels: Schema.optional(Labels),
  matchExpressions: Schema.optional(
    Schema.Array(
      Schema.Struct({
        key: Schema.String,
        operator: Schema.Literal("In"),
        values: Schema.Array(Schema.String)
      })
    )
  )
})
const Peer = Schema.Struct({
  podSelector: Schema.optional(Selector),
  namespaceSelector: Schema.optional(Selector)
})
export const NetworkPolicy = Schema.Struct({
  kind: Schema.Literal("NetworkPolicy"),
  metadata: Schema.Struct({ name: Schema.String }),
  spec: Schema.Struct({
    podSelector: Selector,
    policyTypes: Schema.Array(Schema.String),
    ingress: Schema.optionalWith(
      Schema.Array(Schema.Struct({
        from: Schema.Array(Peer),
        ports: Schema.Array(Schema.Struct({ port: Port }))
      })),
      { default: () => [] }
    )
  })
})

export const Service = Schema.Struct({
  kind: Schema.Literal("Service"),
  metadata: Schema.Struct({ name: Schema.String }),
  spec: Schema.Struct({ selector: Labels, ports: Schema.Array(Schema.Struct({ targetPort: Port })) })
})

export const DisruptionBudget = Schema.Struct({
  kind: Schema.Literal("PodDisruptionBudget"),
  spec: Schema.Struct({ maxUnavailable: Schema.Int, selector: Selector })
})

export const Autoscaler = Schema.Struct({
  kind: Schema.Literal("HorizontalPodAutoscaler"),
  metadata: Schema.Struct({ name: Schema.String }),
  spec: Schema.Struct({
    minReplicas: Schema.Int,
    maxReplicas: Schema.Int,
    metrics: Schema.Array(Schema.Unknown),
    behavior: Schema.Unknown
  })
})

/** Whether a selector picks pods with these labels. */
export const selects = (
  { matchExpressions = [], matchLabels = {} }: typeof Selector.Type,
  labels: typeof Labels.Type
) =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ""))

const renderedFile = (overlay: Overlay) => join(folder, "rendered", `${overlay}.yaml`)

/** All that kustomize reads, so that what was rendered from other sources is known. */
export const fingerprint = () => {
  const hash = createHash("sha256")
  for (const file of globSync("{base,components,overlays}/**/*.yaml", { cwd: folder }).sort()) {
    hash.update(`${file}\n${readFileSync(join(folder, file), "utf8")}`)
  }
  return `# Rendered by kustomize from sources ${
    hash.digest("hex").slice(0, 16)
  }; pnpm test:k8s -u renders anew.\n`
}

export const rendered = (overlay: Overlay) => ({
  file: renderedFile(overlay),
  text: readFileSync(renderedFile(overlay), "utf8")
})

export const manifests = (overlay: Overlay): ReadonlyArray<Manifest> =>
  parseAllDocuments(rendered(overlay).text, { strict: true, uniqueKeys: true }).map((document) =>
    Schema.decodeUnknownSync(Manifest)(document.toJS())
  )

/** Those of one kind; throws where one of that kind lacks what the schema asks for. */
export const ofKind = <A, I extends { readonly kind: string }>(
  overlay: Overlay,
  kind: I["kind"],
  schema: Schema.Schema<A, I>
): ReadonlyArray<A> =>
  manifests(overlay).filter((manifest) => manifest.kind === kind).map((manifest) =>
    Schema.decodeUnknownSync(schema)(manifest)
  )

export const deployments = (overlay: Overlay) => ofKind(overlay, "Deployment", Deployment)

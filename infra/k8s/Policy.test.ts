/** What the house asks of what runs in Kubernetes, beyond what Kubernetes does. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Authentication from "@saucier/runtime/Authentication"
import * as Settings from "@saucier/runtime/Settings"
import { documentation } from "@saucier/runtime/SettingsDocumentation"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { globSync } from "tinyglobby"
import * as Folders from "../image/Folders.ts"
import * as Manifests from "./Manifests.ts"

const root = join(import.meta.dirname, "../..")
const read = (path: string) => readFileSync(join(root, path), "utf8")
const guide = `${read("docs/operations.md")}${read("apps/provider/README.md")}`

const labelsOf = ({ spec }: Manifests.Deployment) => spec.template.metadata.labels
const containerOf = ({ spec }: Manifests.Deployment) => spec.template.spec.containers[0]
const isProvider = (deployment: Manifests.Deployment) => deployment.metadata.name === "provider"

const all = Manifests.overlays.flatMap((overlay) =>
  Manifests.deployments(overlay).map((deployment) => ({
    overlay,
    deployment,
    name: `${deployment.metadata.name} of ${overlay}`
  }))
)

/** The greatest number of seconds that a source states so. */
const seconds = (path: string, pattern: RegExp) => {
  const found = Array.from(read(path).matchAll(pattern), ([, text]) => Number(text))
  assert.isNotEmpty(found, `${path} states no ${pattern.source}`)
  return Math.max(...found)
}

const bytes = (quantity: string) => Number(quantity.replace("Mi", "")) * 2 ** 20

describe.each(all)("$name", ({ deployment }) => {
  const container = containerOf(deployment)
  const pod = deployment.spec.template.spec
  const ports = new Map(container.ports.map(({ containerPort, name }) => [name, containerPort]))

  it("is asked for its health at paths that its app answers", () => {
    const source = isProvider(deployment)
      ? read("packages/payment/src/ProviderControlHttp.ts")
      : read("packages/runtime/src/HealthHttp.ts")
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      assert.include(source, `"${httpGet.path}"`)
      assert.isTrue(ports.has(String(httpGet.port)))
    }
    assert.strictEqual(container.readinessProbe.httpGet.path, "/readyz")
    assert.strictEqual(container.livenessProbe.httpGet.path, "/livez")
  })

  it("has ports that its app listens on by default", () => {
    const served = isProvider(deployment)
      ? { charges: 8089, controls: 8090 }
      : { http: Number(documentation.httpPort.byDefault), runner: Number(documentation.runnerPort.byDefault) }
    for (const [name, port] of ports) assert.deepInclude(served, { [name]: port })
    if (isProvider(deployment)) { for (const port of ports.values()) assert.include(guide, `\`${port}\``) }
  })

  it("is given the time that its app takes to end, and more", () => {
    const drain = Math.max(
      seconds("apps/gateway/src/main.ts", /drainDeadline: "(\d+) seconds"/g),
      seconds("packages/runtime/src/HttpRuntime.ts", /drainDeadline \?\? "(\d+) seconds"/g)
    )
    const entities = seconds("packages/runtime/src/Cluster.ts", /entityTerminationTimeout: "(\d+) seconds"/g)
    const needed = container.lifecycle.preStop.sleep.seconds + drain + entities
    assert.isAbove(pod.terminationGracePeriodSeconds, needed * 2)
  })

  it("may use so much memory and no more, and asks for a share of the processor", () => {
    const { limits, requests } = container.resources
    assert.match(requests.cpu, /^\d+m$/)
    assert.isAtLeast(bytes(limits.memory), bytes(requests.memory))
    const heap = container.env.find(({ name }) => name === "NODE_OPTIONS")?.value
    if (heap !== undefined) {
      const [, megabytes = ""] = /--max-old-space-size=(\d+)/.exec(heap) ?? []
      assert.closeTo(Number(megabytes) * 2 ** 20 / bytes(limits.memory), 0.75, 0.05)
    }
  })

  it("runs as nobody who may do anything, on a root that it cannot write to", () => {
    assert.deepStrictEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] }
    })
    assert.deepStrictEqual(pod.securityContext, {
      runAsNonRoot: true,
      runAsUser: 65_532,
      seccompProfile: { type: "RuntimeDefault" }
    })
    assert.deepStrictEqual([pod.automountServiceAccountToken, pod.serviceAccountName], [false, "saucier"])
  })

  it("is spread over hosts and zones", () => {
    assert.deepStrictEqual(pod.topologySpreadConstraints.map(({ topologyKey }) => topologyKey), [
      "kubernetes.io/hostname",
      "topology.kubernetes.io/zone"
    ])
  })

  it("is given only settings that exist", () => {
    for (const { name } of container.env.filter(({ name }) => /^(SAUCIER|OTEL)_/.test(name))) {
      assert.include(guide, `\`${name}\``)
    }
  })
})

describe.each(Manifests.overlays)("the overlay %s", (overlay) => {
  const deployments = Manifests.deployments(overlay)

  it("holds settings that exist, in its ConfigMap", () => {
    const keys = Manifests.ofKind(overlay, "ConfigMap", Manifests.ConfigMap).flatMap(({ data }) =>
      Object.keys(data)
    )
    assert.isNotEmpty(keys)
    for (const key of keys) assert.include(guide, `\`${key}\``)
  })

  it("holds settings that the services take, together with the example of a Secret", () =>
    Effect.gen(function*() {
      const folder = yield* Folders.temporary
      const settings = Object.fromEntries([
        ...Manifests.ofKind(overlay, "ConfigMap", Manifests.ConfigMap).flatMap(({ data }) =>
          Object.entries(data)
        ),
        ...read("infra/k8s/secrets.example.env").trim().split("\n").map((line) => line.split(/=(.*)/))
      ])
      const mounted = yield* Folders.mounted(folder, settings)
      const found = yield* Settings.load.pipe(
        Effect.withConfigProvider(ConfigProvider.fromMap(new Map([["SAUCIER_CONFIG_DIR", mounted]])))
      )
      assert.strictEqual(found.orderDatabase.engine, "postgres")
      assert.isNotNull(yield* Authentication.keysOf({ ...found, httpHost: "0.0.0.0" }))
    }).pipe(Effect.provide(NodeContext.layer), Effect.scoped, Effect.runPromise))

  it("leads each Service to pods that have the port", () => {
    for (const { metadata, spec } of Manifests.ofKind(overlay, "Service", Manifests.Service)) {
      const behind = deployments.filter((deployment) =>
        Manifests.selects({ matchLabels: spec.selector }, labelsOf(deployment))
      )
      assert.isNotEmpty(behind, metadata.name)
      for (const { targetPort } of spec.ports) {
        for (const deployment of behind) {
          assert.include(containerOf(deployment).ports.map(({ name }) => name), targetPort)
        }
      }
    }
  })

  it("lets nobody to a runner's port who is not of the cluster", () => {
    const policies = Manifests.ofKind(overlay, "NetworkPolicy", Manifests.NetworkPolicy)
    const openTo = (deployment: Manifests.Deployment) =>
      policies.filter(({ spec }) => Manifests.selects(spec.podSelector, labelsOf(deployment)))
    for (const deployment of deployments) {
      const over = openTo(deployment)
      assert.include(over.map(({ metadata }) => metadata.name), "nothing")
      const peers = over.flatMap(({ spec }) => spec.ingress).filter(({ ports }) =>
        ports.some(({ port }) => port === "runner" || port === 34_431)
      ).flatMap(({ from }) => from)
      for (const { namespaceSelector, podSelector } of peers) {
        assert.isUndefined(namespaceSelector)
        const others = deployments.filter((other) => Manifests.selects(podSelector ?? {}, labelsOf(other)))
        assert.isFalse(others.some(isProvider))
      }
      const isRunner = containerOf(deployment).ports.some(({ name }) => name === "runner")
      assert.strictEqual(peers.length > 0, isRunner)
    }
  })

  it("replaces a pod that has files of its own after it has ended, and any other before it ends", () => {
    for (const { metadata, spec } of deployments) {
      const alone = ["saucier", "provider"].includes(metadata.name)
      const rolling = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
      assert.deepStrictEqual(spec.strategy, alone ? { type: "Recreate" } : rolling)
      if (alone) assert.strictEqual(spec.replicas, 1)
    }
  })

  it("gives nobody rights on Kubernetes, as no source asks for any", () => {
    const kinds = Manifests.manifests(overlay).map(({ kind }) => kind)
    assert.notInclude(kinds.join(" "), "Role")
    const asking = globSync("{packages,apps}/*/src/**/*.ts", { cwd: root }).filter((path) =>
      /RunnerHealth\.layerK8s|K8sHttpClient/.test(read(path))
    )
    assert.deepStrictEqual(asking, [])
  })
})

describe("the cluster", () => {
  it("loses one pod of a service at a time to those who empty nodes", () => {
    const budgets = Manifests.ofKind("cluster", "PodDisruptionBudget", Manifests.DisruptionBudget)
    for (const deployment of Manifests.deployments("cluster").filter((one) => !isProvider(one))) {
      const over = budgets.filter(({ spec }) => Manifests.selects(spec.selector, labelsOf(deployment)))
      assert.deepStrictEqual(over.map(({ spec }) => spec.maxUnavailable), [1], deployment.metadata.name)
    }
  })

  it("is told in its example of a Secret only what exists", () => {
    const keys = read("infra/k8s/secrets.example.env").trim().split("\n").map((line) => line.split("=")[0])
    assert.isAtLeast(keys.length, 6)
    for (const key of keys) assert.include(guide, `\`${key}\``)
  })
})

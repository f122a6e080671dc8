/** compose.yaml by the schema of its specification, and by what our images serve, read and answer. Without an engine. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Authentication from "@saucier/runtime/Authentication"
import * as Settings from "@saucier/runtime/Settings"
import { documentation } from "@saucier/runtime/SettingsDocumentation"
import { DCLinter } from "dclint"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parse } from "yaml"
import * as Packaging from "../image/Packaging.ts"

const infra = join(import.meta.dirname, "..")
const read = (path: string) => readFileSync(join(infra, path), "utf8")
const text = read("compose.yaml")

const strings = Schema.Array(Schema.String)
const optionalStrings = Schema.optionalWith(strings, { default: () => [] })
const Service = Schema.Struct({
  image: Schema.String,
  build: Schema.optional(
    Schema.Struct({
      context: Schema.String,
      dockerfile: Schema.String,
      args: Schema.Struct({ APP: Schema.String })
    })
  ),
  depends_on: Schema.optionalWith(
    Schema.Union(
      strings,
      Schema.Record({ key: Schema.String, value: Schema.Struct({ condition: Schema.String }) })
    ),
    { default: () => [] }
  ),
  environment: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.String }), {
    default: () => ({})
  }),
  ports: optionalStrings,
  volumes: optionalStrings,
  networks: strings,
  healthcheck: Schema.optional(Schema.Struct({ test: strings })),
  read_only: Schema.optional(Schema.Boolean),
  cap_drop: optionalStrings,
  security_opt: optionalStrings,
  stop_grace_period: Schema.optional(Schema.String)
})
const Compose = Schema.Struct({
  services: Schema.Record({ key: Schema.String, value: Service }),
  networks: Schema.Struct({ inside: Schema.Struct({ internal: Schema.Literal(true) }), outside: Schema.Null })
})

const { services } = Schema.decodeUnknownSync(Compose)(parse(text, { merge: true, uniqueKeys: true }))
const all = Object.entries(services)
const ours = all.filter(([, { build }]) => build !== undefined)
const guide = `${read("../docs/operations.md")}${read("../apps/provider/README.md")}`
const settingsOf = (environment: Readonly<Record<string, string>>) =>
  Object.entries(environment).filter(([key]) => /^(SAUCIER|OTEL)_/.test(key))

const Found = Schema.Array(Schema.Struct({
  messages: Schema.Array(
    Schema.Struct({ rule: Schema.String, type: Schema.String, message: Schema.String })
  )
}))

/** Errors of the schema, of YAML, and of the rules that are not about the order of words. */
const complaints = (source: string) => {
  const folder = mkdtempSync(join(tmpdir(), "saucier-compose-"))
  try {
    const path = join(folder, "compose.yaml")
    writeFileSync(path, source)
    const linter = new DCLinter({
      debug: false,
      exclude: [],
      quiet: false,
      rules: { "no-build-and-image": 0, "service-image-require-explicit-tag": 0 }
    })
    return Schema.decodeUnknownSync(Found)(linter.lintFiles([path], false)).flatMap(({ messages }) =>
      messages.filter(({ type }) => type === "error").map(({ message, rule }) => `${rule}: ${message}`)
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe("compose.yaml", () => {
  it("holds to the schema of the specification", () => {
    assert.deepStrictEqual(complaints(text), [])
  })

  it.each([
    ["depends_on:", "depend_on:", "must NOT have additional properties"],
    ["cap_drop: [ALL]", "cap_drop: ALL", "must be array"],
    ["start_period: 60s", "start_periods: 60s", "must NOT have additional properties"]
  ])("would be refused where %s became %s", (from, to, rule) => {
    assert.include(text, from)
    assert.include(complaints(text.replaceAll(from, to)).join("\n"), rule)
  })

  it("runs every app but the single process, from the Dockerfile", () => {
    assert.sameMembers(ours.map(([name]) => name), Packaging.apps.filter((app) => app !== "saucier"))
    for (const [name, { build, image }] of ours) {
      assert.deepStrictEqual([build?.args.APP, image], [name, `saucier/${name}`])
      assert.isTrue(existsSync(join(infra, build?.context ?? "", build?.dockerfile ?? "")), name)
    }
  })

  it("names the version of what is not ours", () => {
    for (const [name, { build, image }] of all) {
      if (build === undefined) assert.match(image, /:v?\d+\.\d+(\.\d+)?(-\w+)?$/, name)
    }
  })

  it("gives every container settings that exist, and values that they take", () =>
    Effect.forEach(ours, ([name, { environment }]) =>
      Effect.gen(function*() {
        for (const [key] of settingsOf(environment)) assert.include(guide, `\`${key}\``, name)
        if (name === "provider") return
        const given = settingsOf(environment).map(([key, value]) =>
          [key, value.replaceAll(/\$\{\w+:-([^}]*)\}/g, "$1")] as const
        )
        const found = yield* Settings.load.pipe(
          Effect.withConfigProvider(ConfigProvider.fromMap(new Map(given)))
        )
        assert.strictEqual(found.orderDatabase.engine, "postgres")
        assert.isNull(yield* Authentication.keysOf({ ...found, httpHost: "0.0.0.0" }))
      })).pipe(Effect.provide(NodeContext.layer), Effect.runPromise))

  it("leads to no address that nobody has", () => {
    const served = new Map<string, ReadonlyArray<string>>([
      ["postgres", ["5432"]],
      ["provider", ["8089", "8090"]],
      ["jaeger", ["4318", "16686"]],
      ["prometheus", ["9090"]],
      ["grafana", ["3000"]],
      ...["gateway", "order", "payment", "delivery", "dashboard"].map((name) =>
        [name, [documentation.httpPort.byDefault, documentation.runnerPort.byDefault]] as const
      )
    ])
    const named = all.flatMap(([, { environment }]) =>
      Object.values(environment).flatMap((value) =>
        Array.from(
          value.matchAll(/:\/\/(?:[^@/]*@)?([\w-]+):(\d+)/g),
          ([, host = "", port = ""]) => [host, port] as const
        )
      )
    )
    const scraped = Array.from(
      read("prometheus/prometheus.yaml").matchAll(/"([\w-]+):(\d+)"/g),
      ([, host = "", port = ""]) => [host, port] as const
    )
    const published = all.flatMap(([name, { ports }]) =>
      ports.map((port) => [name, port.split(":").at(-1) ?? ""] as const)
    )
    assert.isAbove(named.length, 10)
    assert.sameMembers(scraped.map(([host]) => host), ours.map(([name]) => name))
    for (const [host, port] of [...named, ...scraped, ...published]) {
      assert.include(served.get(host) ?? [], port, host)
    }
  })

  it("publishes ports to this machine only, since nobody is asked who they are", () => {
    for (const [name, { networks, ports }] of all) {
      for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, name)
      assert.strictEqual(networks.includes("outside"), ports.length > 0, name)
      assert.include(networks, "inside", name)
    }
  })

  it("starts each only when what it needs is healthy", () => {
    const conditions = (name: string): Array<readonly [string, unknown]> =>
      Object.entries(services[name]?.depends_on ?? {})
    const healthy = (names: ReadonlyArray<string>) =>
      names.map((name) => [name, { condition: "service_healthy" }] as const)
    for (const name of ["order", "payment", "delivery", "dashboard"]) {
      assert.deepStrictEqual(conditions(name), healthy(["postgres", "provider"]), name)
    }
    assert.sameDeepMembers(conditions("gateway"), healthy(["order", "payment", "delivery", "dashboard"]))
    for (const name of [...ours.map(([name]) => name), "postgres"]) {
      assert.isDefined(services[name]?.healthcheck, name)
    }
  })

  it("asks for health by the image's own program, at paths that are answered", () => {
    const dockerfile = read("image/Dockerfile")
    const answered = `${read("../packages/runtime/src/HealthHttp.ts")}${
      read("../packages/payment/src/ProviderControlHttp.ts")
    }`
    for (const [name, { healthcheck }] of ours) {
      const [, ...command] = healthcheck?.test ?? []
      assert.include(dockerfile, `["${command.slice(0, 2).join("\", \"")}"]`, name)
      assert.include(answered, `"${command[2]}"`, name)
    }
  })

  it("lets no container of ours do more than it must, and gives it time to end", () => {
    for (const [name, service] of ours) {
      const { cap_drop, read_only, security_opt, stop_grace_period } = service
      assert.deepStrictEqual([read_only, cap_drop, security_opt, stop_grace_period], [
        true,
        ["ALL"],
        ["no-new-privileges:true"],
        "60s"
      ], name)
    }
  })

  it("mounts what is here, and keeps what is written in volumes", () => {
    const folders = all.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(":")[0] ?? ""))
    const mounted = folders.filter((path) => path.startsWith("./"))
    assert.isNotEmpty(mounted)
    for (const path of mounted) assert.isTrue(existsSync(join(infra, path)), path)
    const named = folders.filter((path) => !path.startsWith("./"))
    const declared: unknown = parse(text).volumes
    assert.sameMembers(named, Object.keys(Schema.decodeUnknownSync(Schema.Object)(declared)))
  })
})

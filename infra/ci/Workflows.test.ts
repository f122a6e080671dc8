/** What the workflows may do, and that they run what is here. `pnpm test:ci` lets actionlint judge them. */
import { assert, describe, it } from "@effect/vitest"
import * as Api from "@saucier/assembly/Api"
import * as Schema from "effect/Schema"
import { spawnSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import * as Packaging from "../image/Packaging.ts"
import * as Workflows from "./Workflows.ts"

const root = join(import.meta.dirname, "../..")
const { engines, scripts } = Schema.decodeUnknownSync(Schema.parseJson(Schema.Struct({
  engines: Schema.Struct({ node: Schema.String }),
  scripts: Schema.Record({ key: Schema.String, value: Schema.String })
})))(readFileSync(join(root, "package.json"), "utf8"))

describe.each(Workflows.workflows)("the workflow $name", (workflow) => {
  const { jobs, permissions, text } = workflow
  const steps = Object.values(jobs).flatMap(({ steps }) => steps)

  it("uses the actions of others by commit, and says which version that is", () => {
    const used = Array.from(text.matchAll(/uses: (.*)/g), ([, used = ""]) => used)
    assert.isNotEmpty(used)
    for (const one of used) {
      assert.match(one, /^\.\/\.github\/workflows\/\w+\.yml$|^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    }
  })

  it("may read, and write only in jobs that say what", () => {
    assert.deepStrictEqual(new Set(Object.values(permissions)), new Set(["read"]))
    const written = Object.values(jobs).flatMap(({ permissions = {} }) =>
      Object.entries(permissions).flatMap(([what, right]) => right === "write" ? [what] : [])
    )
    const expected = workflow.name === "release.yml"
      ? ["packages", "id-token", "attestations", "contents"]
      : []
    assert.sameMembers(written, expected)
  })

  it("leaves no credentials in what it has checked out", () => {
    for (const { uses, with: options } of steps) {
      if (uses?.startsWith("actions/checkout@")) assert.strictEqual(options["persist-credentials"], false)
    }
  })

  it("runs scripts that are here, and gives each job an end", () => {
    for (const command of Workflows.commands(workflow)) {
      for (const [, script = ""] of command.matchAll(/pnpm@12 ([\w:]+)/g)) {
        assert.property(scripts, script, command)
      }
    }
    for (const [name, job] of Object.entries(jobs)) {
      if (job.uses === undefined) assert.isDefined(job["timeout-minutes"], name)
    }
  })
})

describe("continuous integration", () => {
  const { jobs } = Workflows.named("ci")

  it("runs the gate as any other machine does, on every Node.js that is supported", () => {
    const gate = jobs["gate"]
    assert.deepStrictEqual(gate?.steps.at(-1)?.run, ".ci/run")
    assert.deepStrictEqual(gate?.strategy?.matrix.node, [20, 22, 24])
    assert.match(engines.node, /^>=20\./)
    assert.isAbove(statSync(join(root, ".ci/run")).mode & 0o111, 0)
    assert.include(readFileSync(join(root, ".ci/run"), "utf8"), "pnpm@12 test\n")
  })

  it("runs every proof that the gate leaves out", () => {
    const proofs = Object.keys(scripts).filter((name) =>
      name.startsWith("test:") || ["chaos", "sim"].includes(name)
    )
    const ran = Workflows.commands(Workflows.named("ci")).join("\n")
    for (const proof of proofs) {
      assert.isTrue(ran.includes(`pnpm@12 ${proof}`), `.github/workflows/ci.yml has no job for pnpm ${proof}`)
    }
  })
})

describe("a release", () => {
  const { jobs } = Workflows.named("release")

  it("is made of what has passed, with an image of each app, its contents and its origin", () => {
    assert.deepStrictEqual([jobs["ci"]?.uses, jobs["images"]?.needs, jobs["release"]?.needs], [
      "./.github/workflows/ci.yml",
      "ci",
      "images"
    ])
    assert.sameMembers([...(jobs["images"]?.strategy?.matrix.app ?? [])], [...Packaging.apps])
    const build = jobs["images"]?.steps.find(({ uses }) => uses?.startsWith("docker/build-push-action@"))
    assert.include(build?.with, { push: true, sbom: true, provenance: "mode=max" })
    assert.isTrue(
      jobs["images"]?.steps.some(({ uses }) => uses?.startsWith("actions/attest-build-provenance@"))
    )
  })

  it("is called by its tag as it calls itself", () => {
    const named = jobs["version"]?.steps.at(-1)?.run ?? ""
    assert.strictEqual(jobs["ci"]?.needs, "version")
    const version = (tag: string) =>
      spawnSync("bash", ["-c", named], { cwd: root, env: { ...process.env, GITHUB_REF_NAME: tag } }).status
    assert.strictEqual(version(`v${Api.version}`), 0)
    assert.notStrictEqual(version("v0.0.1"), 0)
  })

  it("is deployed only when this repository has built it", () => {
    const commands = Workflows.commands(Workflows.named("deploy"))
    const verified = commands.findIndex((command) => command.includes("gh attestation verify"))
    const rolled = commands.findIndex((command) => command.includes("pnpm@12 rollout"))
    assert.isAtLeast(verified, 0)
    assert.isAbove(rolled, verified)
  })
})

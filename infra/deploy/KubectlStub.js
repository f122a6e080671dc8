#!/usr/bin/env node
/** Answers as kubectl would, from the state in the file beside it; the folder of `apply` is kept, and every call. */
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import process from "node:process"

const folder = dirname(process.argv[1])
const file = join(folder, "state.json")
const state = JSON.parse(readFileSync(file, "utf8"))
const save = () => writeFileSync(file, JSON.stringify(state))
const args = process.argv.slice(2)
const [verb, what, name = ""] = args
appendFileSync(join(folder, "calls"), `${args.join(" ")}\n`)

const fail = (message) => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
const deployment = name.replace("deployment/", "")

if (!args.join(" ").endsWith("--namespace saucier")) fail("another namespace")
if (verb === "get") {
  process.stderr.write("Warning: something that is no JSON\n")
  const items = Object.entries(state.revisions).map(([name, revision]) => ({
    metadata: { name, annotations: { "deployment.kubernetes.io/revision": String(revision) } }
  }))
  process.stdout.write(JSON.stringify({ items }))
} else if (verb === "apply") {
  copyFileSync(join(args[2], "kustomization.yaml"), join(folder, "applied.yaml"))
  for (const name of state.changes) state.revisions[name] = (state.revisions[name] ?? 0) + 1
  save()
} else if (what === "status") {
  if (state.stuck === deployment) fail("error: timed out waiting for the condition")
} else if (what === "undo") {
  state.undone = { ...state.undone, [deployment]: args[3] }
  state.stuck = undefined
  save()
} else if (verb === "port-forward") {
  process.stdout.write(`Forwarding from 127.0.0.1:${state.port} -> 8088\n`)
  setInterval(() => {}, 1000)
} else fail("unknown")

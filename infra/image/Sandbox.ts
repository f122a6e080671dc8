/**
 * Runs a packaged app as its image would: alone in a root that is read-only and holds Node.js with its libraries and
 * nothing else, as process 1, as a user who may do nothing. Needs root, to take it away.
 */
import * as Effect from "effect/Effect"
import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"

export const user = 65_532

const { PATH } = process.env

const libraries = Array.from(
  execFileSync("ldd", [process.execPath], { encoding: "utf8" }).matchAll(/\s(\/\S+) \(0x/g),
  ([, path = ""]) => path
)

/** What the image sets, from the last ENV of the Dockerfile. */
const [, env = ""] = /^ENV ((?:.*\\\n)*.*)$(?![^]*^ENV )/m.exec(
  readFileSync(join(import.meta.dirname, "Dockerfile"), "utf8")
) ?? []
const imageEnvironment = Object.fromEntries(
  Array.from(env.matchAll(/([A-Z_]+)=(\S+)/g), ([, key = "", value = ""]) => [key, value])
)

/** `$1` root, `$2` packaged app, `$3` its data or nothing, `$4` mounted settings or nothing, then the arguments. */
const enter = `
set -eu
root=$1 app=$2 data=$3 settings=$4; shift 4
mount -t tmpfs -o mode=755,size=4m root "$root"
mkdir -p "$root/app" "$root/data" "$root/etc/saucier" "$root/proc" "$root/tmp"
for file in ${process.execPath} ${libraries.join(" ")}; do
  mkdir -p "$root\${file%/*}"; : > "$root$file"; mount --bind "$file" "$root$file"
done
mount --bind "$app" "$root/app"; mount -o remount,bind,ro "$root/app"
[ -z "$data" ] || mount --bind "$data" "$root/data"
[ -z "$settings" ] || { mount --bind "$settings" "$root/etc/saucier"; mount -o remount,bind,ro "$root/etc/saucier"; }
mount -t proc proc "$root/proc"
mount -o remount,ro "$root"
exec setpriv --no-new-privs chroot --userspec=${user}:${user} --groups=${user} "$root" ${process.execPath} "$@"
`

export interface Options {
  readonly app: string
  /** A folder that the user may write to; without one there is none. */
  readonly data?: string
  /** A mounted folder of settings. */
  readonly settings?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly parameters: ReadonlyArray<string>
}

const childOf = (pid: number | undefined) =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0])

export const start = ({ app, data = "", environment = {}, parameters, settings = "" }: Options) =>
  Effect.gen(function*() {
    const root = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "saucier-root-"))),
      (root) => Effect.sync(() => rmSync(root, { recursive: true }))
    )
    const unshare = ["--mount", "--pid", "--ipc", "--fork", "--kill-child"]
    const output = { text: "" }
    const ended = { code: 0, is: false }
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn("unshare", [...unshare, "sh", "-c", enter, "sh", root, app, data, settings, ...parameters], {
          env: { PATH, ...imageEnvironment, ...environment },
          stdio: ["ignore", "pipe", "pipe"]
        })
      ),
      (child) =>
        Effect.promise(async () => {
          if (ended.is) return
          child.kill("SIGKILL")
          await once(child, "exit")
        })
    )
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output.text += chunk.toString()
      })
    }
    const exit = once(child, "close").then(() => {
      ended.is = true
      ended.code = child.exitCode ?? 128
      return ended.code
    })
    return {
      output,
      ended,
      exit: Effect.promise(() => exit),
      /** The process as the machine sees it. */
      pid: Effect.sync(() => childOf(child.pid))
    }
  })
export type Sandbox = Effect.Effect.Success<ReturnType<typeof start>>

/** Runs it to its end. */
export const run = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const { exit, output } = yield* start(options)
    const code = yield* exit
    return { code, said: output.text }
  }))

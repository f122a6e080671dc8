/** Exits 0 when the app of this folder answers well, 1 when it does not: `health.js [path]`, `/livez` unless told. */
import { readFileSync } from "node:fs"
import { get } from "node:http"
import { join } from "node:path"
import process from "node:process"

/** Put in when the folder is made. */
declare const PORT_SETTING: string
declare const PORT: string

const { env } = process

const mounted = (key: string) => {
  const { SAUCIER_CONFIG_DIR: folder } = env
  if (folder === undefined) return undefined
  try {
    return readFileSync(join(folder, key), "utf8").trim()
  } catch {
    return undefined
  }
}

const port = env[PORT_SETTING]?.trim() || mounted(PORT_SETTING) || PORT

const request = get(
  { host: "127.0.0.1", port, path: process.argv[2] ?? "/livez", timeout: 2500 },
  (answer) => {
    const { statusCode = 0 } = answer
    answer.pipe(process.stdout)
    answer.on("end", () => {
      process.exitCode = statusCode >= 200 && statusCode < 300 ? 0 : 1
    })
  }
)
request.on("timeout", () => request.destroy(new Error("no answer")))
request.on("error", ({ message }) => {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
})

import { dirname } from "node:path"
import process from "node:process"
import { fileURLToPath } from "node:url"
import { run } from "../../../infra/bundle/bundled.js"
import { built } from "../../../infra/bundle/page.js"

if (["start", "cluster"].includes(process.argv[2])) await built()
await run(dirname(dirname(fileURLToPath(import.meta.url))))

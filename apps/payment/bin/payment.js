import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { run } from "../../../infra/bundle/bundled.js"

await run(dirname(dirname(fileURLToPath(import.meta.url))))

import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { run } from "../../../infra/bundle/bundled.js"
import { built } from "../../../infra/bundle/page.js"

await built()
await run(dirname(dirname(fileURLToPath(import.meta.url))))

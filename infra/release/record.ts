/** `node --import tsx infra/release/record.ts` keeps what the release of this version says, once. */
import { readFileSync, writeFileSync } from "node:fs"
import { printed, protocol } from "./Protocol.ts"

const { version } = JSON.parse(
  readFileSync(new URL("../../apps/saucier/package.json", import.meta.url), "utf8")
)
writeFileSync(new URL(`protocol/${version}.json`, import.meta.url), printed(protocol), { flag: "wx" })

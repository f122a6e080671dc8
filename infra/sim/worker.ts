/** A process that runs what it is asked to, one seed after the other, and ends with its parent. */
import * as Schema from "effect/Schema"
import * as Seeds from "./Seeds.ts"
import { Task } from "./Task.ts"

const decode = Schema.decodeUnknownSync(Task)

process.on("message", (task) => process.send?.(Seeds.answer(decode(task))))
process.on("disconnect", () => process.exit(0))

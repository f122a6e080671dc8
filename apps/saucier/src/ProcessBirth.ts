/** When a process was born. Pids are used again; a pid with its birth names one process for ever. */
import * as Command from "@effect/platform/Command"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"

/** Linux: ticks since the boot that it names. A zombie has ended already. */
const ofProc = (pid: number) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const stat = yield* fs.readFileString(`/proc/${pid}/stat`)
    // The name may hold spaces and brackets: what counts follows the last bracket.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    const boot = yield* fs.readFileString("/proc/sys/kernel/random/boot_id")
    return fields[0] === "Z" ? null : `${boot.trim()} ${fields[19]}`
  })

const ofPs = (pid: number) =>
  Command.make("ps", "-o", "lstart=", "-p", `${pid}`).pipe(
    Command.string,
    Effect.map((text) => text.trim() === "" ? null : text.trim())
  )

/** Null when there is no such process. */
export const of = (pid: number) =>
  Effect.flatMap(
    FileSystem.FileSystem,
    (fs) =>
      Effect.if(Effect.orElseSucceed(fs.exists("/proc/self/stat"), () => false), {
        onTrue: () => ofProc(pid),
        onFalse: () => ofPs(pid)
      })
  ).pipe(Effect.orElseSucceed(() => null))

/**
 * Loaded before a program that shall die at a crash point: kill -9, as it passes the side of the point that `CRASH_AT`
 * names for the n-th time (`["commit OrderPaid","before",1]`). The program itself knows nothing of it.
 */
import * as FiberRef from "effect/FiberRef"
import { globalValue } from "effect/GlobalValue"
import process from "node:process"

const [name, side, nth] = JSON.parse(process.env.CRASH_AT)
let passed = 0

const watch = (at, when) => {
  if (at !== name || when !== side) return
  passed += 1
  if (passed === nth) process.kill(process.pid, "SIGKILL")
}

globalValue("@saucier/kernel/CrashPoint", () => FiberRef.unsafeMake(watch))

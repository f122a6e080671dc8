/**
 * Loaded before a service that a supervisor runs. The supervisor holds the other end of standard input, so its end
 * tells that the supervisor has gone, however it went: then the service ends as if asked to, and by force if it hangs.
 */
import process from "node:process"
import { isMainThread } from "node:worker_threads"

const patience = 20_000

if (isMainThread) {
  // Nobody reads what is printed any more; a service that drains must not fail on that.
  for (const stream of [process.stdout, process.stderr, process.stdin]) stream.on("error", () => {})
  process.stdin.once("close", () => {
    process.kill(process.pid, "SIGTERM")
    setTimeout(() => process.kill(process.pid, "SIGKILL"), patience).unref()
  })
  process.stdin.resume()
  process.stdin.unref()
}

/** What SQLite said, in the words of the port. Extended codes (SQLITE_BUSY_SNAPSHOT) begin with their primary one. */
import type { UnavailableReason } from "@saucier/eventsourcing/EventStore"
import { codeOf, messageOf, unavailableBy } from "./DriverError.ts"

const reasons: ReadonlyArray<readonly [code: string, reason: UnavailableReason]> = [
  ["SQLITE_BUSY", "locked"],
  ["SQLITE_LOCKED", "locked"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_FULL", "full"],
  ["SQLITE_CORRUPT", "corrupt"],
  ["SQLITE_NOTADB", "corrupt"],
  ["EACCES", "read-only"],
  ["EROFS", "read-only"],
  ["ENOSPC", "full"]
]

export const reasonOf = (error: unknown): UnavailableReason => {
  if (messageOf(error).includes("connection is not open")) return "closed"
  const code = codeOf(error)
  return reasons.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "unknown"
}

export const unavailable = unavailableBy(reasonOf)

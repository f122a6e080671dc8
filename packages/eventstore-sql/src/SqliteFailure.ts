/** What SQLite said, in the words of the port. Extended codes (SQLITE_BUSY_SNAPSHOT) begin with their primary one. */
import { EventStoreUnavailable, type UnavailableReason } from "@saucier/eventsourcing/EventStore"
import * as Predicate from "effect/Predicate"

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

const text = (error: unknown, property: string): string =>
  Predicate.hasProperty(error, property) && Predicate.isString(error[property]) ? error[property] : ""

/** The innermost error is the driver's own: SqlError and MigrationError wrap it as their cause. */
const innermost = (error: unknown): unknown =>
  Predicate.hasProperty(error, "cause") && error.cause !== undefined ? innermost(error.cause) : error

export const reasonOf = (error: unknown): UnavailableReason => {
  const driver = innermost(error)
  const code = text(driver, "code")
  if (text(driver, "message").includes("connection is not open")) return "closed"
  return reasons.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "unknown"
}

export const unavailable = (store: string) => (error: unknown): EventStoreUnavailable => {
  const driver = innermost(error)
  const detail = [text(driver, "code"), text(driver, "message")].filter((part) => part !== "").join(": ")
  return new EventStoreUnavailable({
    store,
    reason: reasonOf(error),
    detail: detail === "" ? String(driver) : detail
  })
}

/** What PostgreSQL or the connection to it said, in the words of the port. SQLSTATEs are told by their beginning. */
import type { UnavailableReason } from "@saucier/eventsourcing/EventStore"
import { codeOf, messageOf, unavailableBy } from "./DriverError.ts"

const codes: ReadonlyArray<readonly [code: string, reason: UnavailableReason]> = [
  ["08", "unreachable"],
  ["53300", "unreachable"],
  ["57P", "unreachable"],
  ["25P03", "unreachable"],
  ["57014", "timeout"],
  ["23505", "locked"],
  ["40", "locked"],
  ["55P03", "locked"],
  ["25006", "read-only"],
  ["53", "full"],
  ["XX001", "corrupt"],
  ["XX002", "corrupt"],
  ["ECONN", "unreachable"],
  ["ENOTFOUND", "unreachable"],
  ["EAI_AGAIN", "unreachable"],
  ["EHOST", "unreachable"],
  ["ENET", "unreachable"],
  ["ENOENT", "unreachable"],
  ["EPIPE", "unreachable"],
  ["ETIMEDOUT", "unreachable"]
]

/** The driver has no codes for its own. */
const words: ReadonlyArray<readonly [words: RegExp, reason: UnavailableReason]> = [
  [/after calling end on the pool/, "closed"],
  [/timeout expired|timeout exceeded when trying to connect/, "unreachable"],
  [/connection (?:terminated|ended|error)|client was closed|not queryable/i, "unreachable"]
]

export const reasonOf = (error: unknown): UnavailableReason => {
  const code = codeOf(error)
  const message = messageOf(error)
  return codes.find(([prefix]) => code !== "" && code.startsWith(prefix))?.[1] ??
    words.find(([pattern]) => pattern.test(message))?.[1] ?? "unknown"
}

export const unavailable = unavailableBy(reasonOf)

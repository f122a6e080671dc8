/** The driver's own error, inside those that wrap it, and how a store tells of it. */
import { EventStoreUnavailable, type UnavailableReason } from "@saucier/eventsourcing/EventStore"
import * as Predicate from "effect/Predicate"

const text = (error: unknown, property: string): string =>
  Predicate.hasProperty(error, property) && Predicate.isString(error[property]) ? error[property] : ""

/** SqlError and MigrationError have it as their cause; several addresses make a bundle. */
const innermost = (error: unknown): unknown => {
  if (Predicate.hasProperty(error, "cause") && error.cause !== undefined) return innermost(error.cause)
  return error instanceof AggregateError && error.errors.length > 0 ? innermost(error.errors[0]) : error
}

export const codeOf = (error: unknown): string => text(innermost(error), "code")

export const messageOf = (error: unknown): string => text(innermost(error), "message")

export const unavailableBy =
  (reasonOf: (error: unknown) => UnavailableReason) =>
  (store: string) =>
  (error: unknown): EventStoreUnavailable => {
    const detail = [codeOf(error), messageOf(error)].filter((part) => part !== "").join(": ")
    return new EventStoreUnavailable({
      store,
      reason: reasonOf(error),
      detail: detail === "" ? String(innermost(error)) : detail
    })
  }

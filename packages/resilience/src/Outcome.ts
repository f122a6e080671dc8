import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"

/** What a call says about the provider. A declined card is a success of the provider: it answered. */
export type Outcome = "success" | "failure" | "ignore"

export type Classify = (exit: Exit.Exit<unknown, unknown>) => Outcome

/** Every answer is a success, every typed failure a failure. */
export const classifyExit: Classify = (exit) => Exit.isSuccess(exit) ? "success" : "failure"

/** The same, but the failures with these tags mean what the table says: `{ Declined: "success" }`. */
export const classifyTags = (outcomes: Readonly<Record<string, Outcome>>): Classify => (exit) => {
  if (Exit.isSuccess(exit)) return "success"
  const failure = Cause.failureOption(exit.cause)
  if (Option.isNone(failure) || !Predicate.hasProperty(failure.value, "_tag")) return "failure"
  const tag = failure.value._tag
  return typeof tag === "string" && Object.hasOwn(outcomes, tag) ? outcomes[tag] ?? "failure" : "failure"
}

/** A caller that went away says nothing about the provider, a bug does: neither is asked of `classify`. */
export const outcomeOf = (exit: Exit.Exit<unknown, unknown>, classify: Classify): Outcome => {
  if (Exit.isSuccess(exit)) return classify(exit)
  if (Cause.isInterruptedOnly(exit.cause)) return "ignore"
  return Cause.isDie(exit.cause) ? "failure" : classify(exit)
}

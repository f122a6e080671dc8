/** All that the checks look at, of a real system, through its public interfaces. */
import type { Evidence } from "@saucier/simulation/Evidence"
import type { Operation } from "@saucier/simulation/History"
import * as Effect from "effect/Effect"
import * as EventLog from "./EventLog.ts"
import * as Provider from "./Provider.ts"

/** Reads on from where it last came to, for whoever asks again and again until all is quiet. */
export const follow = (base: string) => {
  const orders = EventLog.follow(base, "order")
  const payments = EventLog.follow(base, "payment")
  const deliveries = EventLog.follow(base, "delivery")
  const ledger = Provider.follow(base)
  return Effect.all({ orders, payments, deliveries, ledger }, { concurrency: "unbounded" })
}

const readings: Evidence["readings"] = []

/** Whole and read anew: what a log has forgotten would be missed by who follows it. */
export const gather = (base: string, history: ReadonlyArray<Operation> = []) =>
  Effect.map(Effect.suspend(() => follow(base)), (books) => ({ ...books, history, readings }))

/** All that the checks look at, of a real system, through its public interfaces. */
import type { Evidence } from "@saucier/simulation/Evidence"
import type { Operation } from "@saucier/simulation/History"
import * as Effect from "effect/Effect"
import * as EventLog from "./EventLog.ts"
import * as Provider from "./Provider.ts"

export const gather = (base: string, history: ReadonlyArray<Operation> = []) =>
  Effect.all({
    history: Effect.succeed(history),
    orders: EventLog.read(base, "order"),
    payments: EventLog.read(base, "payment"),
    deliveries: EventLog.read(base, "delivery"),
    ledger: Provider.ledger(base),
    readings: Effect.succeed<Evidence["readings"]>([])
  }, { concurrency: "unbounded" })

/** What a store tries again by itself before it tells the caller: a connection that broke, a race that it lost. */
import type { SqlError } from "@effect/sql/SqlError"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { codeOf } from "./DriverError.ts"
import { reasonOf } from "./PostgresFailure.ts"

const schedule = Schedule.exponential("20 millis").pipe(Schedule.jittered, Schedule.upTo("2 seconds"))

/** Another process wrote to the same stream between our look and our write, or waited for us while we for it. */
const lostRace = (error: SqlError) => codeOf(error) === "23505" || codeOf(error).startsWith("40")

/** Only for what may run twice. */
export const briefly = <A, R>(effect: Effect.Effect<A, SqlError, R>): Effect.Effect<A, SqlError, R> =>
  Effect.retry(effect, { schedule, while: (error) => reasonOf(error) === "unreachable" || lostRace(error) })

/** Hears of other processes' commits over a connection of its own, which it makes anew whenever it breaks. */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Pg from "pg"
import { unavailable } from "./PostgresFailure.ts"
import * as PostgresPool from "./PostgresPool.ts"

export interface Listener {
  readonly channel: string
  /** Called for every notification, and when listening begins (again): some may have been missed. */
  readonly heard: (payload: string) => Effect.Effect<void>
}

const connection = (options: PostgresPool.Options) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const client = new Pg.Client({
        ...PostgresPool.configOf(options),
        application_name: `saucier ${options.name} feed`
      })
      client.on("error", () => {})
      return client
    }),
    (client) =>
      Effect.tryPromise(() => client.end()).pipe(
        Effect.interruptible,
        Effect.timeoutOption("1 second"),
        Effect.ignore
      )
  )

const payloads = (client: Pg.Client) =>
  Stream.asyncPush<string, Error>((emit) =>
    Effect.sync(() => {
      client.on("notification", ({ payload }) => emit.single(payload ?? ""))
      client.once("end", () => emit.fail(new Error("Connection terminated")))
    })
  )

/** The beat makes a connection that is silently dead known, by the limit on silence. */
const listening = (options: PostgresPool.Options, { channel, heard }: Listener) =>
  Effect.scoped(Effect.gen(function*() {
    const client = yield* connection(options)
    yield* Effect.tryPromise(() => client.connect())
    const beat = Effect.tryPromise(() => client.query("SELECT 1"))
    const began = Effect.zipRight(
      Effect.tryPromise(() => client.query(`LISTEN ${Pg.escapeIdentifier(channel)}`)),
      heard("")
    )
    yield* Effect.raceFirst(
      Stream.runForEach(payloads(client), heard),
      Effect.zipRight(began, Effect.repeat(beat, Schedule.spaced("5 seconds")))
    )
  }))

const backoff = Schedule.exponential("100 millis").pipe(
  Schedule.union(Schedule.spaced("5 seconds")),
  Schedule.jittered
)

/** An outage is told once. */
export const run = (
  options: PostgresPool.Options,
  { channel, heard }: Listener
): Effect.Effect<void, never, Scope.Scope> =>
  Effect.suspend(() => {
    let told = false
    const tell = (error: unknown) =>
      Effect.suspend(() => {
        const log = told ? Effect.logDebug : Effect.logWarning
        told = true
        return log(`${unavailable(options.name)(error).message}; wake-ups come by the clock meanwhile`)
      })
    const again = (payload: string) =>
      Effect.suspend(() => {
        told = false
        return heard(payload)
      })
    return listening(options, { channel, heard: again }).pipe(
      Effect.tapError(tell),
      Effect.retry(backoff),
      Effect.forkScoped,
      Effect.asVoid
    )
  })

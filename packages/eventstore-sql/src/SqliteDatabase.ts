/**
 * One SQLite file, opened for one process: the lock is taken at once and held until the process ends, however it ends
 * (the operating system releases it). Gives a SqlClient that fails with types where the stock one dies.
 */
import * as Reactivity from "@effect/experimental/Reactivity"
import * as SqliteClient from "@effect/sql-sqlite-node/SqliteClient"
import * as SqlClient from "@effect/sql/SqlClient"
import { makeCompilerSqlite } from "@effect/sql/Statement"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { Durable } from "./Durable.ts"
import * as SqliteConnection from "./SqliteConnection.ts"
import { unavailable } from "./SqliteFailure.ts"
import { SqliteFiles } from "./SqliteFiles.ts"
import { OpenTransactions, transaction } from "./SqliteTransaction.ts"

export interface Options {
  /** A path, or `:memory:`. Its folder is made when it does not exist. */
  readonly filename: string
  /** Names the store in failures. */
  readonly name: string
  /** FULL syncs every commit to disk before it is acknowledged. */
  readonly synchronous?: "FULL" | "NORMAL" | undefined
}

const inUse = ({ filename, name }: Options) => (failure: EventStoreUnavailable): EventStoreUnavailable =>
  failure.reason !== "locked" ? failure : new EventStoreUnavailable({
    store: name,
    reason: "in-use",
    detail:
      `another process has ${filename} open. Stop that process, or set SAUCIER_DATA_DIR to another folder`
  })

/** Opens without touching the file; the pragmas then take the lock before WAL is asked for, so WAL needs no shared memory. */
const open = ({ filename }: Options) =>
  Effect.gen(function*() {
    if (filename !== ":memory:") {
      yield* Effect.try({
        try: () => mkdirSync(dirname(filename), { recursive: true }),
        catch: (cause) => ({ cause })
      })
    }
    const driver = yield* Effect.catchAllDefect(
      SqliteClient.make({
        filename,
        disableWAL: true,
        prepareCacheTTL: Duration.infinity,
        prepareCacheSize: 500
      }),
      (cause) => Effect.fail({ cause })
    )
    const connection = SqliteConnection.make(yield* Effect.scoped(driver.reserve))
    yield* Effect.forEach([
      "PRAGMA busy_timeout = 200",
      "PRAGMA locking_mode = EXCLUSIVE",
      "PRAGMA journal_mode = WAL",
      "PRAGMA journal_size_limit = 67108864",
      "PRAGMA cache_size = -16000",
      "BEGIN IMMEDIATE",
      "COMMIT"
    ], (sql) =>
      connection.executeUnprepared(sql, [], undefined), { discard: true })
    return connection
  })

const make = (options: Options) =>
  Effect.gen(function*() {
    const connection = yield* Effect.mapError(open(options), (error) =>
      inUse(options)(unavailable(options.name)(error)))
    const semaphore = yield* Effect.makeSemaphore(1)
    const durably = SqliteConnection.synchronous(connection, options.synchronous ?? "FULL")
    const files = yield* Effect.serviceOption(SqliteFiles)
    if (Option.isSome(files) && options.filename !== ":memory:") {
      const { filename: file, name: store } = options
      yield* files.value.add({ store, file, connection, alone: semaphore.withPermits(1) })
    }

    const alone = SqliteConnection.guarded(connection, (effect) =>
      semaphore.withPermits(1)(Effect.zipRight(durably(true), effect)))
    const joined = <A, E, R>(
      depth: (inside: boolean) => Effect.Effect<A, E, R>
    ) =>
      Effect.flatMap(OpenTransactions, (open) =>
        depth(open.has(connection)))

    const released = () =>
      semaphore.release(1)
    // `Effect.addFinalizer` would keep the fiber's whole state for this finalizer, which costs more than the rest.
    const taken = Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(Effect.scope, (scope) =>
        Effect.zipRight(restore(semaphore.take(1)), Scope.addFinalizerExit(scope, released)))
    )
    const reserve = joined((inside) =>
      inside ? Effect.succeed(connection) : Effect.as(Effect.zipRight(taken, durably(true)), connection)
    )
    const client = yield* SqlClient.make({
      acquirer: joined((inside) =>
        Effect.succeed(inside ? connection : alone)
      ),
      transactionAcquirer: reserve,
      compiler: makeCompilerSqlite(),
      spanAttributes: [["db.system.name", "sqlite"]]
    })
    return Object.assign(client, {
      withTransaction: <R, E, A>(effect: Effect.Effect<A, E, R>) =>
        joined((inside) =>
          inside ?
            transaction(connection, effect) :
            Effect.flatMap(Durable, (durable) =>
              semaphore.withPermits(1)(
                Effect.zipRight(
                  durably(durable),
                  transaction(connection, Effect.provideService(effect, Durable, true))
                )
              ))
        )
    })
  })

export const layer = (options: Options): Layer.Layer<SqlClient.SqlClient, EventStoreUnavailable> =>
  Layer.scoped(SqlClient.SqlClient, make(options)).pipe(Layer.provide(Reactivity.layer))

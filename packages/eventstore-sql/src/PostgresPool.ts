/** Connections to one context's schema of a PostgreSQL database, and how long each may keep anyone waiting. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Socket } from "node:net"
import * as Pg from "pg"

export interface Options {
  readonly url: Redacted.Redacted
  /** Names the store in failures; its tables are in the schema `saucier_<name>`. */
  readonly name: string
  /** How the server's administrators know its sessions; `saucier <name>` by default. */
  readonly sessionName?: string | undefined
  readonly maxConnections?: number | undefined
  readonly statementTimeoutMillis?: number | undefined
  /** After so long without a statement the server ends a session, and with it the locks of a process that only sleeps. */
  readonly idleSessionMillis?: number | undefined
}

const connectMillis = 5000
const statementMillis = 10_000

export const schemaOf = ({ name }: Options): string => `saucier_${name}`

/** The server answers or gives up within its own limits: a connection silent for longer is dead, though TCP knows nothing of it. */
const watched = (silenceMillis: number) => () => {
  const socket = new Socket()
  socket.setTimeout(silenceMillis, () => {
    socket.destroy(new Error("Connection terminated: the server has been silent for too long"))
  })
  return socket
}

const sessionOf = (options: Options) =>
  [
    `-c search_path=${schemaOf(options)}`,
    ...(options.idleSessionMillis === undefined
      ? []
      : [`-c idle_session_timeout=${Math.round(options.idleSessionMillis)}`])
  ].join(" ")

export const configOf = (options: Options): Pg.PoolConfig => {
  const limit = options.statementTimeoutMillis ?? statementMillis
  return {
    connectionString: Redacted.value(options.url),
    application_name: options.sessionName ?? `saucier ${options.name}`,
    options: sessionOf(options),
    stream: watched(limit + connectMillis),
    keepAlive: true,
    connectionTimeoutMillis: connectMillis,
    idleTimeoutMillis: connectMillis,
    statement_timeout: limit,
    idle_in_transaction_session_timeout: limit,
    max: options.maxConnections ?? 8
  }
}

/** The pool removes an idle connection that breaks; nobody is waiting for it. */
export const acquire = (options: Options) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const pool = new Pg.Pool(configOf(options))
      pool.on("error", () => {})
      return pool
    }),
    (pool) => Effect.promise(() => pool.end()).pipe(Effect.interruptible, Effect.timeoutOption(1000))
  )

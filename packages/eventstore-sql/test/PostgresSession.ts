/** Statements of one session, which some need to be followed by others: a base backup begins and ends in the same. */
import * as Effect from "effect/Effect"
import * as Pg from "pg"

type Row = Readonly<Record<string, unknown>>

export const session = <A, E, R>(
  connectionString: string,
  use: (query: (sql: string) => Effect.Effect<ReadonlyArray<Row>>) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Effect.acquireUseRelease(
    Effect.promise(async () => {
      const client = new Pg.Client({ connectionString })
      await client.connect()
      return client
    }),
    (client) =>
      use((sql) =>
        Effect.promise(async () => {
          const rows: Array<Row> = (await client.query(sql)).rows
          return rows
        })
      ),
    (client) => Effect.promise(() => client.end())
  )

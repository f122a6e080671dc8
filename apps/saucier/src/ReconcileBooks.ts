/** The books, read page by page through the operators' API. */
import * as ReconciliationBooks from "@saucier/assembly/ReconciliationBooks"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { CommandFailed } from "./CommandFailed.ts"
import * as EventPages from "./EventPages.ts"
import type { Server } from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const ledger = (server: Server) =>
  Stream.paginateChunkEffect("", (after) =>
    Effect.map(
      server.ask(server.api.operator.providerLedger({ urlParams: { after, limit: 200 } })),
      ({ items, next }) => [Chunk.unsafeFromArray(items), Option.fromNullable(next)]
    ))

export const read = (texts: Texts, server: Server, counted: (entries: number) => void) => {
  const counts = new Map<ReconciliationBooks.Book, number>()
  return ReconciliationBooks.read({
    ledger: ledger(server),
    log: (context) => EventPages.read(server, context),
    counted: (book, entries) =>
      Effect.sync(() => {
        counts.set(book, entries)
        counted(Array.from(counts.values()).reduce((sum, count) => sum + count, 0))
      })
  }).pipe(
    Effect.catchTag(
      "EventUnreadable",
      ({ event }) =>
        new CommandFailed({ exitCode: ExitCode.failure, message: texts.reconcile.unreadable(event) })
    )
  )
}

/** What a process that keeps its stores in files needs so that they can be copied while it runs. */
import * as SqliteFiles from "@saucier/eventstore-sql/SqliteFiles"
import * as SqliteFreeze from "@saucier/eventstore-sql/SqliteFreeze"
import * as Layer from "effect/Layer"

export const layer = SqliteFreeze.layer().pipe(Layer.provideMerge(SqliteFiles.layer))

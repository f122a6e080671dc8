/** What the feed says while an answer is on its way: the server may have read the answer before. */
import type { Row } from "../api/Dashboard.ts"
import type { Change } from "./Change.ts"

type Listener = (changes: ReadonlyArray<Change>) => void

/** The answer, and the rows that changed since it was asked for, the newest last. */
export const during = async <A>(
  onChanges: (listener: Listener) => () => void,
  ask: () => Promise<A>
): Promise<{ readonly answer: A; readonly meanwhile: ReadonlyArray<Row> }> => {
  const meanwhile: Array<Row> = []
  const stop = onChanges((changes) => {
    for (const { row } of changes) meanwhile.push(row)
  })
  try {
    return { answer: await ask(), meanwhile }
  } finally {
    stop()
  }
}

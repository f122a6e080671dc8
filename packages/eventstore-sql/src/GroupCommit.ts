/** One writer for many: what waits is committed together, and each waits for that commit alone. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"

export interface GroupCommit<in Item, out Reply, out E> {
  /** Replies after the commit. Interrupting one takes back what was not yet begun, and no other's. */
  readonly submit: (item: Item) => Effect.Effect<Reply, E>
}

export interface Options<in Item, out Reply, out Refusal, in out Failure> {
  /** All of the items or, by failing, none; one reply or refusal for each item, in their order. */
  readonly commit: (
    items: ReadonlyArray<Item>
  ) => Effect.Effect<ReadonlyArray<Either.Either<Reply, Refusal>>, Failure>
  /** Whether a single item may have caused the failure of its batch: the others are then tried without it. */
  readonly isolate: (failure: Failure) => boolean
  /** Awaited between the first arrival and the commit: what is ready to come may join. */
  readonly gather: Effect.Effect<void>
  /** What those are told that still wait when the scope closes. */
  readonly closed: Failure
  readonly batchSize: number
  /** How many may wait; the next ones wait to wait. */
  readonly capacity: number
}

interface Waiting<Item, Reply, E> {
  readonly item: Item
  readonly reply: (reply: Effect.Effect<Reply, E>) => void
}

export const make = <Item, Reply, Refusal, Failure>(
  options: Options<Item, Reply, Refusal, Failure>
): Effect.Effect<GroupCommit<Item, Reply, Refusal | Failure>, never, Scope.Scope> =>
  Effect.gen(function*() {
    type Entry = Waiting<Item, Reply, Refusal | Failure>
    const waiting = new Set<Entry>()
    const arrived = yield* Effect.makeLatch(false)
    const room = yield* Effect.makeLatch(true)
    let open = true

    const take = (): ReadonlyArray<Entry> => {
      const taken: Array<Entry> = []
      for (const entry of waiting) {
        if (taken.length === options.batchSize) break
        taken.push(entry)
        waiting.delete(entry)
      }
      if (waiting.size === 0) arrived.unsafeClose()
      room.unsafeOpen()
      return taken
    }

    const fail = (entries: Iterable<Entry>, cause: Cause.Cause<Failure>) => {
      for (const { reply } of entries) reply(Effect.failCause(cause))
    }

    const commit = (entries: ReadonlyArray<Entry>): Effect.Effect<void> =>
      Effect.matchCauseEffect(Effect.suspend(() => options.commit(entries.map(({ item }) => item))), {
        onSuccess: (replies) =>
          Effect.sync(() =>
            entries.forEach(({ reply }, index) =>
              reply(replies[index] ?? Effect.dieMessage("a commit left an item without reply"))
            )
          ),
        onFailure: (cause) => {
          const guilty = Option.exists(Cause.failureOption(cause), options.isolate)
          if (!guilty || entries.length === 1) return Effect.sync(() => fail(entries, cause))
          const middle = entries.length >> 1
          return Effect.zipRight(commit(entries.slice(0, middle)), commit(entries.slice(middle)))
        }
      })

    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        open = false
        fail(waiting, Cause.fail(options.closed))
        waiting.clear()
        room.unsafeOpen()
      })
    )
    yield* Effect.forkScoped(
      Effect.forever(
        arrived.await.pipe(
          Effect.zipRight(options.gather),
          Effect.zipRight(Effect.uninterruptible(Effect.suspend(() => commit(take()))))
        )
      )
    )

    const submit = (item: Item): Effect.Effect<Reply, Refusal | Failure> =>
      Effect.suspend(() => {
        if (!open) return Effect.fail(options.closed)
        if (waiting.size >= options.capacity) {
          room.unsafeClose()
          return Effect.zipRight(room.await, submit(item))
        }
        return Effect.async<Reply, Refusal | Failure>((reply) => {
          const entry: Entry = { item, reply }
          waiting.add(entry)
          arrived.unsafeOpen()
          return Effect.sync(() => waiting.delete(entry))
        })
      })

    return { submit }
  })

import type * as Either from "effect/Either"

/**
 * Every rule of an aggregate, pure and total: `decide` says what a command leads to or why not, `evolve` folds events
 * into state. Neither may throw for any value their schemas admit.
 */
export interface Decider<in out Command, in out Event, in out State, out Rejection> {
  readonly initial: State
  readonly decide: (command: Command, state: State) => Either.Either<ReadonlyArray<Event>, Rejection>
  readonly evolve: (state: State, event: Event) => State
}

export const fold = <Command, Event, State, Rejection>(
  decider: Decider<Command, Event, State, Rejection>,
  state: State,
  events: ReadonlyArray<Event>
): State => events.reduce(decider.evolve, state)

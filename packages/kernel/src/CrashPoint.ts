/**
 * The places where a process may die with something half done: before and after each commit, send and acknowledgement.
 * Tests watch them, to kill the process there. Where nobody does, what is built holds none of them.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberRef from "effect/FiberRef"
import { identity } from "effect/Function"
import { globalValue } from "effect/GlobalValue"

/**
 * - `commit` of an event, by its type
 * - `checkpoint` of a subscription, with whatever rows it writes
 * - `follow`: what a policy does about an event, by the policy's name
 * - `fire` of a reminder, and `postpone`, which comes before
 * - `send` of a message to an actor, until its reply is there
 * - `provider`: an exchange with the payment provider
 * - `answer` to whoever asked over HTTP, until it is written
 */
export type Kind = "commit" | "checkpoint" | "follow" | "fire" | "postpone" | "send" | "provider" | "answer"
export type Name = `${Kind} ${string}`
export type Side = "before" | "after"

/** Told when a point is passed, at once and not later. */
export type Watcher = (name: Name, side: Side) => void

export const watcher: FiberRef.FiberRef<Watcher | null> = globalValue(
  "@saucier/kernel/CrashPoint",
  () => FiberRef.unsafeMake<Watcher | null>(null)
)

/** Puts work between the two sides of some points. Interrupted work does not come to the second. */
export type Around = (
  names: () => ReadonlyArray<Name>
) => <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>

const unwatched: Around = () => identity

const watched = (watch: Watcher): Around => (names) => (work) =>
  Effect.suspend(() => {
    const passed = names()
    const tell = (side: Side) => passed.forEach((name) => watch(name, side))
    tell("before")
    return Effect.onExit(
      work,
      (exit) => Effect.sync(() => Exit.isInterrupted(exit) ? undefined : tell("after"))
    )
  })

/** To be asked for when something is built, not each time that it works. */
export const around: Effect.Effect<Around> = Effect.map(
  FiberRef.get(watcher),
  (watch) => watch === null ? unwatched : watched(watch)
)

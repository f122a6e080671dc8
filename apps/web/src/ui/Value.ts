/** One value that changes over time and is watched by whoever draws it. */
import { useSyncExternalStore } from "react"

export interface Value<A> {
  readonly get: () => A
  readonly set: (value: A) => void
  readonly watch: (listener: () => void) => () => void
}

export const make = <A>(initial: A): Value<A> => {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return
      current = value
      for (const listener of listeners) listener()
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}

export const useValue = <A>(value: Value<A>): A => useSyncExternalStore(value.watch, value.get)

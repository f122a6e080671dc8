/** What a page has asked the server for, as it stands: nothing yet, an answer, or why there is none. */
import { type DependencyList, useCallback, useEffect, useRef, useState } from "react"
import * as Session from "../session/Session.ts"
import * as Problem from "./Problem.ts"

export interface Loaded<A> {
  /** The last good answer; it stays while a newer one is on its way, or when that fails. */
  readonly value: A | null
  readonly problem: Problem.Problem | null
  readonly loading: boolean
  /** Asks again and resolves when the answer is there. */
  readonly reload: () => Promise<void>
  /** Takes a newer answer from elsewhere. */
  readonly replace: (value: A) => void
  /** Takes what is newer about a part of the last good answer. */
  readonly amend: (how: (value: A) => A) => void
}

/** Asks when the page opens and whenever one of `about` changes: the answer of before is void then. */
export const useLoaded = <A>(ask: (signal: AbortSignal) => Promise<A>, about: DependencyList): Loaded<A> => {
  const [state, setState] = useState<Pick<Loaded<A>, "value" | "problem" | "loading">>({
    value: null,
    problem: null,
    loading: true
  })
  const latest = useRef(ask)
  latest.current = ask
  const running = useRef<AbortController | null>(null)

  const reload = useCallback(async () => {
    running.current?.abort()
    const own = new AbortController()
    running.current = own
    setState((before) => ({ ...before, loading: true }))
    try {
      const value = await latest.current(own.signal)
      if (!own.signal.aborted) setState({ value, problem: null, loading: false })
    } catch (thrown) {
      if (own.signal.aborted) return
      const problem = Problem.ofThrown(thrown)
      Session.onProblem(problem)
      setState((before) => ({ ...before, problem, loading: false }))
    }
  }, [])

  useEffect(() => {
    setState({ value: null, problem: null, loading: true })
    void reload()
    return () => running.current?.abort()
  }, about)

  const replace = useCallback((value: A) => setState({ value, problem: null, loading: false }), [])
  const amend = useCallback((how: (value: A) => A) =>
    setState((before) => {
      const value = before.value === null ? null : how(before.value)
      return value === before.value ? before : { ...before, value }
    }), [])
  return { ...state, reload, replace, amend }
}

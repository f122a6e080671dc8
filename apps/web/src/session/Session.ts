/** Who reads the page. Where the system wants a key, nothing else is asked before one was shown. */
import type { Session as SessionSchema } from "@saucier/assembly/SessionHttp"
import { read, request } from "../api/Http.ts"
import * as Problem from "../api/Problem.ts"
import * as Value from "../ui/Value.ts"

export type Principal = NonNullable<(typeof SessionSchema.Encoded)["principal"]>
type Answer = typeof SessionSchema.Encoded

/** `locked`: a key is wanted. `asking`: nobody knows yet. */
export type Session =
  | { readonly _tag: "asking" }
  | { readonly _tag: "locked" }
  | { readonly _tag: "open"; readonly principal: Principal }

const session = Value.make<Session>({ _tag: "asking" })

const take = ({ principal }: Answer) =>
  session.set(principal === null ? { _tag: "locked" } : { _tag: "open", principal })

const again = 2_000

/** Asks until there is an answer: the server may be on its way back. */
export const start = async (): Promise<void> => {
  try {
    take(await read<Answer>("/session"))
  } catch {
    setTimeout(() => void start(), again)
  }
}

/** Rejects with the problem when the key is not known. */
export const open = async (key: string): Promise<void> =>
  take((await request<Answer>("POST", "/session", { body: { key } })).value)

/** What was loaded with the key shall not stay: the page begins anew. */
export const close = async (): Promise<void> => {
  await request("DELETE", "/session")
  location.assign("/")
}

/** A key that is taken away while the page is open. */
export const onProblem = (problem: Problem.Problem): void => {
  if (problem.status === 401 && session.get()._tag === "open") session.set({ _tag: "locked" })
}

/** Calls once, as soon as somebody may read. */
export const whenOpen = (act: () => void): void => {
  if (session.get()._tag === "open") return act()
  const stop = session.watch(() => {
    if (session.get()._tag !== "open") return
    stop()
    act()
  })
}

export const useSession = (): Session => Value.useValue(session)

/** The principal, or null while nobody may read. */
export const usePrincipal = (): Principal | null => {
  const now = useSession()
  return now._tag === "open" ? now.principal : null
}

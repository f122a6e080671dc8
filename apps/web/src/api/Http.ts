/** Requests to the origin's API. Answers have the encoded types of the server's own schemas. */
import { language } from "../texts/Language.ts"
import * as Problem from "./Problem.ts"

export interface Request {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds until the question is given up. */
  readonly timeout?: number
  readonly signal?: AbortSignal | undefined
}

export interface Answer<A> {
  readonly status: number
  readonly headers: Headers
  readonly value: A
}

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE"

/** Rejects with a `Problem`, and with nothing else. */
export const request = async <A>(
  method: Method,
  path: string,
  { body, headers = {}, signal, timeout = 10_000 }: Request = {}
): Promise<Answer<A>> => {
  const deadline = AbortSignal.timeout(timeout)
  try {
    const response = await fetch(path, {
      method,
      headers: {
        "accept-language": language(),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers
      },
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline])
    })
    if (!response.ok) throw await Problem.ofResponse(response)
    const text = await response.text()
    const value: A = text === "" ? null : JSON.parse(text)
    return { status: response.status, headers: response.headers, value }
  } catch (thrown) {
    throw Problem.ofThrown(thrown)
  }
}

export const read = async <A>(path: string, signal?: AbortSignal): Promise<A> =>
  (await request<A>("GET", path, { signal })).value

/** `?a=1&b=2` of what is given, or nothing. */
export const query = (parameters: Readonly<Record<string, string | number | null | undefined>>): string => {
  const given = Object.entries(parameters).flatMap(([key, value]) =>
    value === null || value === undefined || value === "" ? [] : [[key, String(value)]]
  )
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`
}

/** One request over HTTP, as any client makes it. */
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { because, type Broken } from "./Broken.ts"

export interface Answer {
  /** 0 where there was no answer. */
  readonly status: number
  /** Why there was none. */
  readonly broken: string
  readonly header: (name: string) => string
  readonly text: string
  readonly millis: number
}

export interface Options {
  readonly method?: string
  /** Sent as it is when it is text, else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly patience?: number
}

const request = ({ body, headers, method, patience = 30_000 }: Options): RequestInit => ({
  method: method ?? (body === undefined ? "GET" : "POST"),
  headers: { "content-type": "application/json", ...headers },
  signal: AbortSignal.timeout(patience),
  ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
})

const reason = (error: unknown) =>
  error instanceof Error ? String(error.cause ?? error).replaceAll(/\s+/g, " ") : String(error)

const nothing = { status: 0, header: () => "", text: "" }

export const ask = (url: string, options: Options = {}): Effect.Effect<Answer> =>
  Effect.gen(function*() {
    const since = yield* Monotonic.millis
    const answer = yield* Effect.promise(async () => {
      try {
        const response = await fetch(url, request(options))
        const text = await response.text()
        const header = (name: string) => response.headers.get(name) ?? ""
        return { status: response.status, header, text, broken: "" }
      } catch (error) {
        return { ...nothing, broken: reason(error) }
      }
    })
    return { ...answer, millis: (yield* Monotonic.millis) - since }
  })

/** The answer's JSON; broken when it is another, or none. */
export const json = <A, I>(
  schema: Schema.Schema<A, I>,
  url: string,
  options: Options = {}
): Effect.Effect<A, Broken> =>
  Effect.flatMap(ask(url, options), ({ broken, status, text }) =>
    Effect.mapError(
      Schema.decode(Schema.parseJson(schema))(text),
      ({ message }) => because(`${url} answered ${status}: ${broken || message.slice(0, 400)}`)
    ))

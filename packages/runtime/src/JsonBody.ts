/** Reads a JSON body within its limits, and says precisely what is wrong with one that is not. */
import * as Effect from "effect/Effect"
import type * as Http from "node:http"
import { HttpProblem } from "./HttpProblem.ts"

export const maxBytes = 65_536

const tooLarge = new HttpProblem({
  status: 413,
  code: "payload-too-large",
  detail: `A body may have at most ${maxBytes} bytes`
})

const unsupported = (detail: string) =>
  Effect.fail(
    new HttpProblem({
      status: 415,
      code: "unsupported-media-type",
      detail,
      headers: { "accept": "application/json", "accept-encoding": "identity" }
    })
  )

/** V8 names an offset, which people read as line and column. */
const where = (text: string, message: string): string => {
  if (message.startsWith("Unexpected end")) return "it ends too early"
  const offset = /at position (\d+)/.exec(message)?.[1]
  if (offset === undefined) return "it is no JSON at all"
  const lines = text.slice(0, Number(offset)).split("\n")
  return `see line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

const parse = (bytes: Uint8Array): Effect.Effect<unknown, HttpProblem> => {
  let text = ""
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return Effect.succeed(JSON.parse(text))
  } catch (error) {
    const reason = error instanceof SyntaxError ? where(text, error.message) : "it is not UTF-8"
    return Effect.fail(
      new HttpProblem({
        status: 400,
        code: "malformed-json",
        detail: `The body is not valid JSON: ${reason}`
      })
    )
  }
}

/** Gathers the bytes; past the limit it answers at once, while the rest runs into the void. */
const gather = (source: Http.IncomingMessage) =>
  Effect.async<Uint8Array, HttpProblem>((resume) => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    const settle = (effect: Effect.Effect<Uint8Array, HttpProblem>) => {
      source.off("data", onData).off("end", onEnd).off("error", onError)
      resume(effect)
    }
    const onData = (chunk: Uint8Array) => {
      size += chunk.byteLength
      if (size <= maxBytes) return chunks.push(chunk)
      settle(Effect.fail(tooLarge))
      source.resume()
    }
    const onEnd = () => settle(Effect.succeed(Buffer.concat(chunks)))
    const onError = () =>
      settle(
        Effect.fail(
          new HttpProblem({ status: 400, code: "bad-request", detail: "The body did not arrive whole" })
        )
      )
    source.on("data", onData).on("end", onEnd).on("error", onError)
  })

const isEmpty = ({ headers }: Http.IncomingMessage) => {
  const length = headers["content-length"]
  return length === "0" || (length === undefined && headers["transfer-encoding"] === undefined)
}

/** The bytes as they came, none when there is no body. */
export const bytes = (source: Http.IncomingMessage): Effect.Effect<Uint8Array, HttpProblem> => {
  if (isEmpty(source)) return Effect.succeed(new Uint8Array())
  const { headers } = source
  const length = headers["content-length"]
  const encoding = headers["content-encoding"]
  if (encoding !== undefined && encoding !== "identity") {
    return unsupported(`A body must be sent as it is, not as ${encoding}`)
  }
  const type = headers["content-type"]
  if (type === undefined) return unsupported("Send the header content-type: application/json")
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type.trim())) {
    return unsupported(`The body must be application/json, not ${type}`)
  }
  if (length !== undefined && Number(length) > maxBytes) return Effect.fail(tooLarge)
  return gather(source)
}

export const read = (source: Http.IncomingMessage): Effect.Effect<unknown, HttpProblem> =>
  isEmpty(source) ? Effect.succeed(null) : Effect.flatMap(bytes(source), parse)

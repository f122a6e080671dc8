/** The whole system in this process, on a folder of its own and any free port. */
import * as Single from "@saucier/app-saucier/Single"
import { type Preset, ProviderPresets } from "@saucier/payment/ProviderPresets"
import { HttpAddress } from "@saucier/runtime/HttpRuntime"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

export const temporaryFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
)

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The parsed body, or undefined when there is none. */
  readonly body: Record<string, unknown>
}

const answer = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) }
}

export const seed = { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }

export const client = (url: string) => {
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    Effect.promise((signal) =>
      fetch(`${url}${path}`, {
        method,
        signal,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
      }).then(answer)
    )
  return {
    url,
    call,
    get: (path: string, headers?: Record<string, string>) => call("GET", path, undefined, headers),
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      call("POST", path, body, headers),
    patch: (path: string, body: unknown) => call("PATCH", path, body)
  }
}
export type Client = ReturnType<typeof client>

export const suffixOf = (order: Answer) => String(order.body["id"]).slice("ord_".length)

/** Asks again until the answer is as wished; a test that waits in vain ends by its own time limit. */
export const until = <A>(ask: Effect.Effect<A>, wished: (answer: A) => boolean): Effect.Effect<A> =>
  Effect.flatMap(
    ask,
    (answer) => wished(answer) ? Effect.succeed(answer) : Effect.delay(until(ask, wished), "50 millis")
  )

export const start = (
  folder: string,
  preset: Preset = "instant",
  settings: Readonly<Record<string, string>> = {}
) =>
  Effect.gen(function*() {
    const context = yield* Layer.build(Single.layer.pipe(
      Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(
        new Map([
          ["SAUCIER_DATA_DIR", folder],
          ["SAUCIER_HTTP_PORT", "0"],
          ["SAUCIER_PROVIDER_PRESET", preset],
          ...Object.entries(settings)
        ])
      ))),
      Layer.provide(Logger.minimumLogLevel(LogLevel.Error))
    ))
    const provider = Context.get(context, ProviderPresets)
    return {
      ...client(Context.get(context, HttpAddress).url),
      behave: (preset: Preset) => Effect.orDie(provider.set({ preset, lostReplyRate: 0 }))
    }
  })

export const world = (preset?: Preset, settings?: Readonly<Record<string, string>>) =>
  Effect.flatMap(temporaryFolder, (folder) => start(folder, preset, settings))

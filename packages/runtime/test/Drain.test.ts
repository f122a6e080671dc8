import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as ChildProcess from "node:child_process"
import * as Net from "node:net"
import { fileURLToPath } from "node:url"

const toy = fileURLToPath(new URL("./DrainToy.ts", import.meta.url))

/** A toy server in a process of its own, and what it printed. */
const spawn = Effect.gen(function*() {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      ChildProcess.spawn(process.execPath, ["--import", "tsx", toy], { stdio: ["ignore", "pipe", "inherit"] })
    ),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  let output = ""
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve))
  const url = yield* Effect.async<string>((resume) => {
    child.stdout.setEncoding("utf8")
    child.stdout.on("data", (chunk) => {
      output += chunk
      const found = /http:\/\/\S+/.exec(output)?.[0]
      if (found !== undefined) resume(Effect.succeed(found))
    })
  })
  return { child, exited, url, output: () => output }
})

const idle = (url: string) =>
  Effect.acquireRelease(
    Effect.async<Net.Socket>((resume) => {
      const { hostname, port } = new URL(url)
      const socket = Net.connect(Number(port), hostname, () => resume(Effect.succeed(socket)))
      socket.on("error", () => {})
    }),
    (socket) => Effect.sync(() => socket.destroy())
  )

/** Resolves with the text so far as soon as it contains this. */
const readUntil = async (
  reader: ReadableStreamDefaultReader<Uint8Array>,
  wanted: string
): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ""
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
    if (text.includes(wanted)) return text
  }
}

describe("a process that is told to stop", () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it.scopedLive(
      `finishes what is in flight, ends streams and exits with 0 (${signal})`,
      () =>
        Effect.gen(function*() {
          const { child, exited, output, url } = yield* spawn
          // One connection that never asks, one kept alive after an answer, one stream, one slow request.
          yield* idle(url)
          const kept = yield* idle(url)
          kept.write("GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n")
          yield* Effect.async<void>((resume) => void kept.once("data", () => resume(Effect.void)))
          const stream = yield* Effect.promise(() => fetch(`${url}/ticks`))
          const reader = stream.body?.getReader()
          assert(reader !== undefined)
          yield* Effect.promise(() => readUntil(reader, `id: 3`))
          const slow = fetch(`${url}/slow`)
          yield* Effect.promise(async () => {
            for (;;) if ((await (await fetch(`${url}/metrics`)).text()).includes("slow_requests 1")) return
          })

          child.kill(signal)

          const rest = yield* Effect.promise(() => readUntil(reader, "event: bye"))
          assert.match(rest, /retry: \d+\nevent: bye\n/)
          assert.strictEqual((yield* Effect.promise(() => slow)).status, 200)
          assert.strictEqual(yield* Effect.promise(() => exited), 0)
          assert.include(output(), "store closed")
        }),
      20_000
    )
  }
})

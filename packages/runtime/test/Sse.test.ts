import { assert, layer } from "@effect/vitest"
import { Draining } from "@saucier/runtime/Draining"
import { encode } from "@saucier/runtime/SseEvent"
import { SseStreams } from "@saucier/runtime/SseStreams"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { connect, problemOf, request, served } from "./Served.ts"
import { flooded } from "./Toy.ts"

const open = (path: string, headers: Record<string, string> = {}) =>
  Effect.gen(function*() {
    const abort = new AbortController()
    yield* Effect.addFinalizer(() => Effect.sync(() => abort.abort()))
    const response = yield* request(path, { headers, signal: abort.signal })
    const reader = response.body?.getReader()
    assert(reader !== undefined)
    const decoder = new TextDecoder()
    let text = ""
    const until = (wanted: string) =>
      Effect.promise(async () => {
        while (!text.includes(wanted)) {
          const { done, value } = await reader.read()
          if (done) return text
          text += decoder.decode(value, { stream: true })
        }
        return text
      })
    return { response, until }
  })

/** Waits until a condition of this process holds. */
const eventually = (condition: () => boolean) =>
  Effect.repeat(Effect.sync(condition), { until: (_) => _, schedule: Schedule.spaced("10 millis") })

layer(served(), { excludeTestServices: true })("an event stream", (it) => {
  it.scoped("sends events with their ids, and a heartbeat when there are none", () =>
    Effect.gen(function*() {
      const { response, until } = yield* open("/ticks")
      assert.strictEqual(response.headers.get("content-type"), "text/event-stream")
      assert.include(response.headers.get("cache-control"), "no-cache")
      const text = yield* until(": heartbeat")
      assert.match(text, /^retry: 2000\n\nid: 1\nevent: tick\ndata: \{"n":1\}\n\nid: 2\n/)
    }))

  it.scoped("goes on where the reader left off", () =>
    Effect.gen(function*() {
      const byHeader = yield* open("/ticks", { "last-event-id": "41" })
      assert.include(yield* byHeader.until("id: 44"), "id: 42\n")
      const byQuery = yield* open("/ticks?lastEventId=7")
      assert.notInclude(yield* byQuery.until("id: 10"), "id: 7\n")
    }))

  it.scoped("is refused beyond the bound, and allowed again when another ends", () =>
    Effect.gen(function*() {
      const streams = yield* SseStreams
      yield* eventually(() => streams.count() === 0)
      yield* Effect.scoped(Effect.gen(function*() {
        yield* open("/ticks")
        yield* open("/ticks")
        const third = yield* request("/ticks")
        assert.strictEqual(third.status, 503)
        assert.strictEqual(third.headers.get("retry-after"), "5")
        assert.strictEqual((yield* problemOf(third)).code, "too-many-streams")
      }))
      yield* eventually(() => streams.count() === 0)
      const { until } = yield* open("/ticks")
      yield* until("id: 1")
    }))

  it.scoped("holds little for a reader that does not read, and cuts it off", () =>
    Effect.gen(function*() {
      const streams = yield* SseStreams
      yield* eventually(() => streams.count() === 0)
      const before = flooded.count
      const socket = yield* connect
      socket.pause()
      socket.write("GET /flood HTTP/1.1\r\nhost: x\r\n\r\n")
      yield* eventually(() => streams.count() === 1)
      yield* eventually(() => streams.count() === 0)
      // What the kernel's buffers take is some megabytes; a source without bound would make gigabytes.
      assert.isBelow(flooded.count - before, 1_000)
    }))

  it("cannot be forged from inside of an event", () => {
    assert.strictEqual(
      encode({ id: "1\ndata: forged", event: "a\r\nb", data: "one\ntwo\rthree" }),
      "id: 1data: forged\nevent: ab\ndata: one\ndata: two\ndata: three\n\n"
    )
  })

  it.scoped("says goodbye when the process drains", () =>
    Effect.gen(function*() {
      const streams = yield* SseStreams
      yield* eventually(() => streams.count() === 0)
      const { until } = yield* open("/ticks")
      yield* until("id: 3")
      yield* Effect.flatMap(Draining, (draining) => draining.begin)
      assert.match(yield* until("event: bye"), /retry: 2000\nevent: bye\ndata: \n\n$/)
      const ready = yield* request("/readyz")
      assert.strictEqual(ready.status, 503)
      assert.include(yield* Effect.promise(() => ready.text()), "[-]draining")
      assert.strictEqual(ready.headers.get("connection"), "close")
    }))
})

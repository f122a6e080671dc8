/** V8's processor profile as sampled stacks, each frame with the source file that it was bundled from. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { existsSync, readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { SourceMap } from "node:module"
import { fileURLToPath } from "node:url"

const Node = Schema.Struct({
  id: Schema.Number,
  callFrame: Schema.Struct({
    functionName: Schema.String,
    url: Schema.String,
    lineNumber: Schema.Number,
    columnNumber: Schema.Number
  }),
  children: Schema.optional(Schema.Array(Schema.Number))
})
type Node = typeof Node.Type

const Recorded = Schema.parseJson(Schema.Struct({
  nodes: Schema.Array(Node),
  startTime: Schema.Number,
  samples: Schema.Array(Schema.Number),
  timeDeltas: Schema.Array(Schema.Number)
}))

const Mapping = Schema.parseJson(Schema.Struct({
  version: Schema.Number,
  sources: Schema.mutable(Schema.Array(Schema.String)),
  names: Schema.mutable(Schema.Array(Schema.String)),
  mappings: Schema.String
}))

export interface Frame {
  readonly name: string
  /** From the repository's root, or `<package>/<file>`, or `node:<module>`; empty for what V8 itself does. */
  readonly file: string
  readonly line: number
}

/** Milliseconds that the sampled stack stands for; innermost frame first. */
export interface Stack {
  readonly frames: ReadonlyArray<Frame>
  readonly millis: number
}

const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//

const named = (path: string) =>
  path.replace(installed, "$1/").replace(/^(?:file:\/\/)?.*?\/?((?:packages|apps)\/[^/]+\/src\/)/, "$1")

/** Positions in a bundle are worth little to a reader: its source map tells the file. */
const originals = () => {
  const maps = new Map<string, SourceMap | undefined>()
  const mapOf = (url: string) => {
    if (!maps.has(url)) {
      const path = url.startsWith("file:") ? `${fileURLToPath(url)}.map` : ""
      const decoded = existsSync(path) ? Schema.decodeSync(Mapping)(readFileSync(path, "utf8")) : undefined
      maps.set(url, decoded && new SourceMap({ ...decoded, file: url, sourcesContent: [], sourceRoot: "" }))
    }
    return maps.get(url)
  }
  return ({ columnNumber, functionName, lineNumber, url }: Node["callFrame"]): Frame => {
    const entry = mapOf(url)?.findEntry(lineNumber, columnNumber)
    const original = entry !== undefined && "originalSource" in entry ? entry : undefined
    return {
      name: functionName,
      file: named(original?.originalSource ?? url),
      line: (original?.originalLine ?? lineNumber) + 1
    }
  }
}

/** The stacks sampled between two moments of the monotonic clock, in microseconds. */
export const read = (path: string, { from, to }: { readonly from: number; readonly to: number }) =>
  Effect.gen(function*() {
    const text = yield* Effect.promise(() => readFile(path, "utf8"))
    const { nodes, samples, startTime, timeDeltas } = yield* Schema.decode(Recorded)(text)
    const parents = new Map(
      nodes.flatMap(({ children = [], id }) => children.map((child) => [child, id] as const))
    )
    const original = originals()
    const frames = new Map(nodes.map(({ callFrame, id }) => [id, original(callFrame)]))
    const millis = new Map<number, number>()
    let at = startTime
    samples.forEach((id, index) => {
      // A delta is the time before its sample.
      at += timeDeltas[index] ?? 0
      if (at < from || at > to) return
      millis.set(id, (millis.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000)
    })
    return Array.from(millis, ([id, millis]): Stack => {
      const stack: Array<Frame> = []
      for (let node: number | undefined = id; node !== undefined; node = parents.get(node)) {
        const frame = frames.get(node)
        if (frame !== undefined) stack.push(frame)
      }
      return { frames: stack, millis }
    })
  })

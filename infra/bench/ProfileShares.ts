/** Which part of the system a sampled stack belongs to: that of its innermost frame whose file a rule names. */
import type { Frame, Stack } from "./Profile.ts"

const rules: ReadonlyArray<readonly [part: string, file: RegExp]> = [
  ["Schema", /^effect\/.*\/(Schema|SchemaAST|ParseResult|internal\/schema\/\w+)\.(ts|js)$/],
  ["Schema", /^packages\/eventsourcing\/src\/EventCodec\.ts$/],
  ["store", /^(@effect\/sql[\w-]*|better-sqlite3)\/|^packages\/eventstore-sql\/|\/EventStore\w*\.ts$/],
  ["payment provider and breaker", /\/(PaymentProvider\w*|Provider\w+)\.ts$|^packages\/resilience\//],
  [
    "policies and subscriptions",
    /\/(Subscription\w*|Policy|\w+Policies|Feed|PagedFeed|\w+Feed|Checkpoints\w*|Reminder\w*|ParkedEvents\w*)\.ts$/
  ],
  [
    "HTTP",
    /^packages\/(runtime|assembly)\/|\/\w+Http(Live)?\.ts$|^@effect\/platform[\w-]*\/|^node:(_?http\w*|internal\/http|net|internal\/net|stream|internal\/streams\/\w+|_http_\w+|internal\/stream_base_commons|buffer|internal\/url)$/
  ],
  [
    "projections",
    /\/Projection\.ts$|\/\w+Projections?\.ts$|\/\w+View\.ts$|^packages\/dashboard\/src\/(?!.*Entity)/
  ],
  [
    "entities and cluster",
    /^@effect\/(cluster|rpc|workflow)\/|\/\w+Entity(Live)?\.ts$|\/(Aggregate|Ask|Causation)\.ts$/
  ],
  ["domain (deciders, ids)", /^packages\/(kernel|order|payment|delivery)\//]
]

const partOfFrame = ({ file }: Frame) => rules.find(([, pattern]) => pattern.test(file))?.[0]

const partOf = ({ frames }: Stack): string => {
  const [innermost] = frames
  if (innermost?.name === "(garbage collector)") return "garbage collection"
  if (innermost?.name === "(program)") return "native, outside JavaScript"
  for (const frame of frames) {
    const part = partOfFrame(frame)
    if (part !== undefined) return part
  }
  return frames.some(({ file }) => file.startsWith("effect/"))
    ? "Effect's own runtime (fibers, layers)"
    : "other"
}

const busy = ({ frames: [innermost] }: Stack) => innermost?.name !== "(idle)"

export const shares = (stacks: ReadonlyArray<Stack>) => {
  const millis = new Map<string, number>()
  for (const stack of stacks.filter(busy)) {
    const part = partOf(stack)
    millis.set(part, (millis.get(part) ?? 0) + stack.millis)
  }
  return Array.from(millis, ([part, millis]) => ({ part, millis })).sort((a, b) => b.millis - a.millis)
}

/** Own time, and with callees: what effects that a function returns cost later is not its callee's. */
export const functions = (stacks: ReadonlyArray<Stack>) => {
  const found = new Map<string, { own: number; total: number }>()
  for (const { frames, millis } of stacks.filter(busy)) {
    const seen = new Set<string>()
    frames.forEach(({ file, line, name }, depth) => {
      const key = `${name || "(anonymous)"} ${file}:${line}`
      if (!/^(packages|apps)\//.test(file) || seen.has(key)) return
      seen.add(key)
      const entry = found.get(key) ?? { own: 0, total: 0 }
      found.set(key, { own: entry.own + (depth === 0 ? millis : 0), total: entry.total + millis })
    })
  }
  return Array.from(found, ([name, times]) => ({ name, ...times })).sort((a, b) => b.total - a.total)
}

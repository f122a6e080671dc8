/** A recording as an SVG: the calls at the provider above, the processes of payment below. */
import * as ScalingRules from "@saucier/assembly/ScalingRules"
import type { Recording } from "./Recording.ts"
import { type Point, replay } from "./Replay.ts"

const width = 860
const left = 56
const right = 16
const panel = { calls: { top: 56, height: 150 }, processes: { top: 250, height: 150 } } as const
const height = 450

type Panel = (typeof panel)[keyof typeof panel]
type Scale = (value: number) => number

const fixed = (value: number) => String(Math.round(value * 10) / 10)

const scale = (from: number, to: number, low: number, high: number): Scale => (value) =>
  low + (value - from) / (to - from) * (high - low)

/** Holds each value until the next. */
const steps = (points: ReadonlyArray<readonly [number, number]>, x: Scale, y: Scale) =>
  points.map(([at, value], index) =>
    index === 0 ? `M${fixed(x(at))} ${fixed(y(value))}` : `H${fixed(x(at))}V${fixed(y(value))}`
  ).join("")

const line = (points: ReadonlyArray<readonly [number, number]>, x: Scale, y: Scale) =>
  points.map(([at, value], index) => `${index === 0 ? "M" : "L"}${fixed(x(at))} ${fixed(y(value))}`).join("")

const text = (x: number, y: number, content: string, more = "") =>
  `<text x="${fixed(x)}" y="${fixed(y)}" ${more}>${content}</text>`

const axis = ({ height, top }: Panel, y: Scale, marks: ReadonlyArray<number>) => [
  ...marks.flatMap((mark) => [
    `<path class="grid" d="M${left} ${fixed(y(mark))}H${width - right}"/>`,
    text(left - 8, y(mark) + 4, String(mark), "text-anchor=\"end\"")
  ]),
  `<path class="axis" d="M${left} ${top}V${top + height}H${width - right}"/>`
]

const key = (x: number, y: number, kind: string, name: string) => [
  `<path class="${kind}" d="M${x} ${y - 4}h22"/>`,
  text(x + 28, y, name)
]

const roundUp = (value: number, step: number) => Math.max(step, Math.ceil(value / step) * step)

const marks = (most: number, step: number) => Array.from({ length: most / step + 1 }, (_, i) => i * step)

export const svg = (recording: Recording): string => {
  const points: ReadonlyArray<Point> = replay(recording)
  const last = points.at(-1)?.at ?? 1
  const target = ScalingRules.rules.payment.targets.providerCalls
  const most = roundUp(Math.max(...points.map(({ calls }) => calls)), target)
  const many = Math.max(4, ...points.map(({ running, wanted }) => Math.max(running, wanted)))
  const x = scale(0, last, left, width - right)
  const callsY = scale(0, most, panel.calls.top + panel.calls.height, panel.calls.top)
  const processesY = scale(0, many, panel.processes.top + panel.processes.height, panel.processes.top)
  const { from, preset, rate, to } = recording.load
  const minutes = Array.from({ length: Math.floor(last / 60_000) + 1 }, (_, minute) => minute)
  const bottom = panel.processes.top + panel.processes.height
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">`,
    `<title id="title">Payment processes follow ${rate} orders a second, and go when they have gone</title>`,
    "<style>text{font:13px system-ui,sans-serif;fill:#334155}.head{font-weight:600;fill:#0f172a}" +
    "path{fill:none}.grid{stroke:#e2e8f0}.axis{stroke:#64748b}.calls{stroke:#0369a1;stroke-width:2}" +
    ".wanted{stroke:#b45309;stroke-width:2;stroke-dasharray:5 4}.running{stroke:#15803d;stroke-width:2.5}" +
    ".load{fill:#f1f5f9}</style>",
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<rect class="load" x="${fixed(x(from))}" y="${panel.calls.top}" width="${
      fixed(x(to) - x(from))
    }" height="${bottom - panel.calls.top}"/>`,
    text(x(from) + 6, panel.calls.top - 8, `${rate} orders a second, provider: ${preset}`),
    text(
      left,
      24,
      `Calls at the provider, of all processes (${target} each is the target)`,
      "class=\"head\""
    ),
    ...axis(panel.calls, callsY, marks(most, target)),
    `<path class="calls" d="${line(points.map(({ at, calls }) => [at, calls]), x, callsY)}"/>`,
    text(left, panel.processes.top - 12, "Processes of payment", "class=\"head\""),
    ...key(left + 170, panel.processes.top - 12, "wanted", "wanted by the rule"),
    ...key(left + 340, panel.processes.top - 12, "running", "ready"),
    ...axis(panel.processes, processesY, marks(many, 1)),
    `<path class="running" d="${steps(points.map(({ at, running }) => [at, running]), x, processesY)}"/>`,
    `<path class="wanted" d="${steps(points.map(({ at, wanted }) => [at, wanted]), x, processesY)}"/>`,
    ...minutes.map((minute) =>
      text(x(minute * 60_000), bottom + 20, `${minute} min`, "text-anchor=\"middle\"")
    ),
    "</svg>",
    ""
  ].join("\n")
}

import { useEffect, useRef } from "react"
import uPlot from "uplot"
import "uplot/dist/uPlot.min.css"
import { useFormat } from "../texts/Format.ts"
import * as Theme from "../ui/Theme.ts"

export interface Line {
  readonly label: string
  /** The name of a colour among the page's own. */
  readonly colour: string
  readonly values: ReadonlyArray<number | null>
  readonly filled?: boolean
}

export interface Mark {
  /** Seconds since 1970. */
  readonly at: number
  readonly colour: string
}

const colourOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

/** Canvas knows no `light-dark()`, so a colour is read off an element that has it. */
const resolved = (probe: HTMLElement, name: string): string => {
  probe.style.color = colourOf(name)
  return getComputedStyle(probe).color
}

const faded = (colour: string) => colour.replace(/^rgb\(([^)]+)\)$/, "rgba($1, 0.16)")

const height = 132

/** A live chart over a window of time, with marks where something changed; `summary` tells it to those who cannot see it. */
export const Chart = ({ format, from, lines, marks, summary, times, to }: {
  /** Seconds since 1970, rising. */
  readonly times: ReadonlyArray<number>
  readonly lines: ReadonlyArray<Line>
  readonly marks: ReadonlyArray<Mark>
  readonly from: number
  readonly to: number
  readonly format: (value: number) => string
  readonly summary: string
}) => {
  const frame = useRef<HTMLDivElement>(null)
  const probe = useRef<HTMLSpanElement>(null)
  const chart = useRef<uPlot | null>(null)
  const { minute: clock } = useFormat()
  const latest = useRef({ clock, format, from, marks, to })
  latest.current = { clock, format, from, marks, to }
  const theme = Theme.useScheme()
  const shape = lines.map(({ colour, label }) => `${label} ${colour}`).join()

  useEffect(() => {
    const element = frame.current
    const colours = probe.current
    if (element === null || colours === null) return
    const colour = (name: string) => resolved(colours, name)
    const font = `11px ${getComputedStyle(element).fontFamily}`
    const axis = {
      stroke: colour("muted"),
      font,
      ticks: { show: false },
      grid: { stroke: colour("line"), width: 1 }
    }
    const drawMarks = ({ bbox, ctx, valToPos }: uPlot) => {
      for (const { at, colour: name } of latest.current.marks) {
        const x = Math.round(valToPos(at, "x", true))
        if (x < bbox.left || x > bbox.left + bbox.width) continue
        ctx.save()
        ctx.strokeStyle = colour(name)
        ctx.setLineDash([4, 3])
        ctx.beginPath()
        ctx.moveTo(x, bbox.top)
        ctx.lineTo(x, bbox.top + bbox.height)
        ctx.stroke()
        ctx.restore()
      }
    }
    const made = new uPlot(
      {
        width: Math.max(120, element.clientWidth),
        height,
        padding: [8, 8, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: false }, sync: { key: "pulse" } },
        scales: {
          x: { time: true, range: () => [latest.current.from, latest.current.to] },
          y: { range: (_, __, most) => [0, Math.max(2, (most ?? 0) * 1.15)] }
        },
        axes: [
          {
            ...axis,
            size: 24,
            space: 70,
            values: (_, times) => times.map((time) => latest.current.clock(new Date(time * 1_000)))
          },
          {
            ...axis,
            size: 56,
            space: 36,
            values: (_, values) => values.map((value) => latest.current.format(value))
          }
        ],
        series: [
          {},
          ...lines.map(({ colour: name, filled, label }) => ({
            label,
            stroke: colour(name),
            width: 1.75,
            points: { show: false },
            spanGaps: false,
            ...(filled === true ? { fill: faded(colour(name)) } : {})
          }))
        ],
        hooks: { draw: [drawMarks] }
      },
      [[], ...lines.map(() => [])],
      element
    )
    chart.current = made
    const observer = new ResizeObserver(() =>
      made.setSize({ width: Math.max(120, element.clientWidth), height })
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      chart.current = null
    }
  }, [shape, theme])

  useEffect(() => {
    chart.current?.setData([[...times], ...lines.map(({ values }) => [...values])])
  })

  return (
    <div className="chart" role="img" aria-label={summary}>
      <span ref={probe} hidden />
      <div ref={frame} />
    </div>
  )
}

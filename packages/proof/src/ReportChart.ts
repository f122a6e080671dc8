/** A chart of a finding as SVG that needs nothing beside it. */
import type { Chart } from "./Finding.ts"

const width = 640
const height = 200
const left = 52
const bottom = 22

/** 1, 2 or 5 times a power of ten, so that about five steps make the whole. */
const stepOf = (most: number) => {
  const rough = Math.max(most, 1e-9) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
}

const ticks = (most: number) => {
  const step = stepOf(most)
  return Array.from(
    { length: Math.floor(most / step) + 1 },
    (_, index) => Number((index * step).toPrecision(6))
  )
}

/** A point is drawn once where many fall together: a page of ten thousand of them would be slow. */
const dots = (points: ReadonlyArray<readonly [number, number]>) =>
  Array.from(new Set(points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`)), (at) => {
    const [x, y] = at.split(",")
    return `<circle cx="${x}" cy="${y}" r="1.8"/>`
  }).join("")

/** A value stands until the next. */
const steps = (points: ReadonlyArray<readonly [number, number]>) => {
  const path = points.map(([x, y], index) =>
    index === 0 ? `M${x.toFixed(1)} ${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`
  )
  return `<path d="${path.join("")}" class="steps"/>`
}

export const svg = ({ limit, series, shape = "dots", unit }: Chart): string => {
  const all = series.flatMap(({ points }) => points)
  const mostX = Math.max(1, ...all.map(([x]) => x))
  const mostY = Math.max(limit ?? 0, 1, ...all.map(([, y]) => y)) * 1.05
  const x = (value: number) => left + (value / mostX) * (width - left - 8)
  const y = (value: number) => height - bottom - (value / mostY) * (height - bottom - 8)
  const whole = shape === "steps"
  const rows = ticks(mostY).filter((tick) => !whole || Number.isInteger(tick)).map((tick) =>
    `<line x1="${left}" x2="${width}" y1="${y(tick)}" y2="${y(tick)}" class="grid"/>` +
    `<text x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`
  )
  // The last is left out where the unit stands.
  const columns = ticks(mostX).filter((tick) => x(tick) < width - 24).map((tick) =>
    `<text x="${x(tick)}" y="${height - 4}" text-anchor="middle">${tick}</text>`
  )
  const promised = limit === undefined
    ? ""
    : `<line x1="${left}" x2="${width}" y1="${y(limit)}" y2="${y(limit)}" class="limit"/>` +
      `<text x="${width}" y="${y(limit) - 4}" text-anchor="end" class="promised">${limit} ${unit}</text>`
  const draw = whole ? steps : dots
  const drawn = series.map(({ points }, index) =>
    `<g class="series${index}">${draw(points.map(([at, value]) => [x(at), y(value)] as const))}</g>`
  )
  return `<svg viewBox="0 0 ${width} ${height}" role="img">${rows.join("")}${columns.join("")}${promised}${
    drawn.join("")
  }<text x="0" y="12">${unit}</text><text x="${width}" y="${height - 4}" text-anchor="end">s</text></svg>`
}

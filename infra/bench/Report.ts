/** Tables for people, and reports/bench.json for programs. */
import { round } from "@saucier/proof/Stats"
import Table from "cli-table3"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { mkdir, writeFile } from "node:fs/promises"
import { availableParallelism, cpus, loadavg } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Audit } from "./Audit.ts"
import type { Level } from "./Level.ts"

export const folder = fileURLToPath(new URL("../../reports", import.meta.url))

export const print = (text: string) => Effect.sync(() => process.stdout.write(`${text}\n`))

export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>) => {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    colAligns: head.map((_, index) => rows.every((row) => typeof row[index] === "string") ? "left" : "right")
  })
  table.push(
    ...rows.map((row) => row.map((cell) => typeof cell === "number" ? cell.toLocaleString("en") : cell))
  )
  return table.toString()
}

const rounded = (_key: string, value: unknown) => typeof value === "number" ? round(value, 2) : value

/** What the figures were measured on, without which they say nothing. */
const machine = () => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? "unknown",
  processors: availableParallelism(),
  loadAverage: loadavg()
})

export const save = (name: string, content: Record<string, unknown>) =>
  Effect.gen(function*() {
    const path = join(folder, name)
    yield* Effect.promise(() => mkdir(folder, { recursive: true }))
    const report = { at: DateTime.formatIso(DateTime.unsafeNow()), machine: machine(), ...content }
    yield* Effect.promise(() => writeFile(path, `${JSON.stringify(report, rounded, 2)}\n`))
    yield* print(path)
  })

const slash = (...values: ReadonlyArray<number>) => values.map((value) => round(value)).join(" / ")

export const levels = (levels: ReadonlyArray<Level>) =>
  table(
    [
      "conns",
      "orders/s\nacked",
      "orders/s\ncomplete",
      "POST ms\np50 / p99",
      "lag ms\np50 / p99",
      "lag at half\np50 / p99",
      "server\nCPU %",
      "foreign\nCPU %",
      "RSS / PSS\nMB",
      "drain\ns",
      "refused\n+ broken",
      "counts\nagree"
    ],
    levels.map((level) => [
      level.connections,
      round(level.ordersPerSecond, 0),
      round(level.completePerSecond, 0),
      slash(level.post.p50, level.post.p99),
      slash(level.lag.p50, level.lag.p99),
      slash(level.halfLoad.lag.p50, level.halfLoad.lag.p99),
      round(level.cpu.total, 0),
      round(level.cpu.foreign, 0),
      `${round(level.rssMb, 0)} / ${round(level.pssMb, 0)}`,
      round(level.drainSeconds),
      level.refused + level.broken + level.probeFailures.length,
      level.countsAgree ? "yes" : `NO: ${level.acknowledged} ${level.made} ${level.complete}`
    ])
  )

export const audit = ({ agree, captures, deliveries, orders }: Audit) =>
  `${
    agree ? "✓" : "✗"
  } ${orders} orders on the dashboard, ${captures} captures and ${deliveries} deliveries in the logs`

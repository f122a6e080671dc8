/** Processor time and memory of a process and its descendants, and of the whole machine, from /proc. */
import { readdirSync, readFileSync } from "node:fs"

/** Linux counts processor time in hundredths of a second for programs. */
const tick = 100

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    // It ended, or this is no Linux.
    return ""
  }
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly name: string
  /** Own seconds, and with those of children that ended. */
  readonly cpu: number
  readonly cpuWithEnded: number
}

const statOf = (pid: number): Process | undefined => {
  const stat = read(`/proc/${pid}/stat`)
  const end = stat.lastIndexOf(")")
  if (end < 0) return undefined
  const fields = stat.slice(end + 2).split(" ").map(Number)
  const [, parent = 0] = fields
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11)
  return {
    pid,
    parent,
    name: stat.slice(stat.indexOf("(") + 1, end),
    cpu: (user + system) / tick,
    cpuWithEnded: (user + system + childUser + childSystem) / tick
  }
}

const tree = (roots: ReadonlyArray<number>): ReadonlyArray<Process> => {
  const all = (roots.length === 0 ? [] : readdirSync("/proc")).flatMap((name) =>
    /^\d+$/.test(name) ? statOf(Number(name)) ?? [] : []
  )
  const within = (known: ReadonlyArray<Process>, layer: ReadonlyArray<Process>): ReadonlyArray<Process> => {
    const parents = new Set(layer.map(({ pid }) => pid))
    const next = all.filter((process) => parents.has(process.parent) && !known.includes(process))
    return next.length === 0 ? known : within([...known, ...next], next)
  }
  const found = all.filter(({ pid }) => roots.includes(pid))
  return within(found, found)
}

/** What proportional sharing leaves of a page counts for PSS; RSS counts shared pages once per process. */
export const memory = (roots: ReadonlyArray<number>) => {
  const megabytes = (name: string) =>
    tree(roots).reduce((sum, { pid }) => {
      const [, kilobytes = "0"] = new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(
        read(`/proc/${pid}/smaps_rollup`)
      ) ?? []
      return sum + Number(kilobytes) / 1024
    }, 0)
  return { rssMb: megabytes("Rss"), pssMb: megabytes("Pss") }
}

const machineBusy = (): number => {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = read("/proc/stat").split("\n", 1)
    .join().split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softIrq) / tick
}

/** Starts to count; the function that it gives tells the percents of one processor since. */
export const meter = (roots: ReadonlyArray<number>) => {
  const at = performance.now()
  const before = new Map(tree(roots).map((process) => [process.pid, process.cpu]))
  const own = statOf(process.pid)?.cpuWithEnded ?? 0
  const busy = machineBusy()
  return () => {
    const percent = (seconds: number) => seconds * 100_000 / (performance.now() - at)
    const byName: Record<string, number> = {}
    let total = 0
    for (const { cpu, name, pid } of tree(roots)) {
      const spent = percent(cpu - (before.get(pid) ?? 0))
      byName[name] = (byName[name] ?? 0) + spent
      total += spent
    }
    const driver = percent((statOf(process.pid)?.cpuWithEnded ?? 0) - own)
    // The server is a child of this process, but one that has not ended.
    const foreign = percent(machineBusy() - busy) - total - driver
    return { total, byName, driver, foreign }
  }
}

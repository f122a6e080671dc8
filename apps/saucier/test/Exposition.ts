/** What a process says at `/metrics`, read as strictly as Prometheus does. */
export interface Sample {
  /** With its suffix: `_bucket`, `_sum`, `_count`. */
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Family {
  readonly type: string
  readonly help: string
  readonly samples: Array<Sample>
}

const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y

const labelsOf = (text: string): Readonly<Record<string, string>> => {
  const labels: Record<string, string> = {}
  label.lastIndex = 0
  while (label.lastIndex < text.length) {
    const found = label.exec(text)
    if (found === null) throw new Error(`no labels: ${text}`)
    const [, name = "", value = ""] = found
    if (name in labels) throw new Error(`twice the label ${name}: ${text}`)
    labels[name] = value
  }
  return labels
}

const numberOf = (text: string): number => {
  if (text === "+Inf") return Infinity
  const value = Number(text)
  if (!Number.isFinite(value)) throw new Error(`no number: ${text}`)
  return value
}

/** Families by name. Throws at a line that is none, a sample outside its family, a series that is there twice. */
export const parse = (text: string): ReadonlyMap<string, Family> => {
  if (!text.endsWith("\n")) throw new Error("the last line does not end")
  const families = new Map<string, Family>()
  const seen = new Set<string>()
  const help = new Map<string, string>()
  let current: readonly [string, Family] | undefined
  for (const line of text.slice(0, -1).split("\n")) {
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (keyword === "HELP") help.set(name, rest)
    else if (keyword === "TYPE") {
      if (families.has(name)) throw new Error(`twice the family ${name}`)
      const family = { type: rest, help: help.get(name) ?? "", samples: [] }
      families.set(name, family)
      current = [name, family]
    } else {
      const [series = "", name = "", labels = "", value = ""] = sampleLine.exec(line) ?? []
      const belongs = current !== undefined && name.replace(/_(bucket|sum|count)$/, "") === current[0]
      if (series === "" || current === undefined || !(belongs || name === current[0])) {
        throw new Error(`no sample of a family: ${line}`)
      }
      const key = `${name}{${labels}}`
      if (seen.has(key)) throw new Error(`twice ${key}`)
      seen.add(key)
      current[1].samples.push({ name, labels: labelsOf(labels), value: numberOf(value) })
    }
  }
  return families
}

const matches = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value)

/** The sum of a metric over the series that have these labels; undefined when there is none. */
export const valueOf = (
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {}
): number | undefined => {
  const found = [...families.values()].flatMap(({ samples }) => samples).filter((sample) =>
    sample.name === name && matches(sample.labels, labels)
  )
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0)
}

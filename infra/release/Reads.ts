/**
 * Whether all that one schema writes is read by another, as far as Saucier's own schemas go (JSON Schema as Effect makes it).
 * What it does not know counts as not read. A field that the reader does not know is left out by Effect's decoders.
 */
export type Json = Readonly<Record<string, unknown>>

interface Side {
  readonly schema: Json
  readonly definitions: Json
}

const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const json = (value: unknown): Json => isJson(value) ? value : {}
const list = (value: unknown): ReadonlyArray<unknown> => Array.isArray(value) ? value : []
const text = (value: unknown) => JSON.stringify(value)

const sideOf = (schema: Json): Side => ({ schema, definitions: json(schema["$defs"]) })
const at = (side: Side, schema: unknown): Side => resolved({ ...side, schema: json(schema) })

const resolved = (side: Side): Side => {
  const { $ref, ...more } = side.schema
  return typeof $ref === "string"
    ? at(side, { ...json(side.definitions[$ref.replace("#/$defs/", "")]), ...more })
    : side
}

const members = (side: Side): ReadonlyArray<Side> =>
  "anyOf" in side.schema ? list(side.schema["anyOf"]).flatMap((one) => members(at(side, one))) : [side]

/** Limits of the reader, each with whether the writer's is as strict. */
const limits: Readonly<Record<string, (reader: unknown, writer: unknown) => boolean>> = {
  minLength: (reader, writer) => Number(writer) >= Number(reader),
  maxLength: (reader, writer) => Number(writer) <= Number(reader),
  minimum: (reader, writer) => Number(writer) >= Number(reader),
  maximum: (reader, writer) => Number(writer) <= Number(reader),
  exclusiveMinimum: (reader, writer) => Number(writer) >= Number(reader),
  exclusiveMaximum: (reader, writer) => Number(writer) <= Number(reader),
  minItems: (reader, writer) => Number(writer) >= Number(reader),
  maxItems: (reader, writer) => Number(writer) <= Number(reader),
  pattern: (reader, writer) => reader === writer,
  allOf: (reader, writer) => text(reader) === text(writer)
}

const typeOf = ({ enum: values, type }: Json) =>
  typeof type === "string" ? type : values === undefined ? undefined : typeof list(values)[0]

const kinds = (reader: Json, writer: Json) => {
  const [wanted, given] = [typeOf(reader), typeOf(writer)]
  return wanted === given || (wanted === "number" && given === "integer")
}

const anything = new Set<unknown>(["/schemas/unknown", "/schemas/any"])
const nothing = "/schemas/never"

const ofOne = (reader: Side, writer: Side, path: string): ReadonlyArray<string> => {
  const [to, from] = [reader.schema, writer.schema]
  if (anything.has(to["$id"]) || from["$id"] === nothing) return []
  if (!kinds(to, from) || to["$id"] !== from["$id"]) return [`${path}: ${text(from)} is not ${text(to)}`]
  const values = to["enum"]
  if (values !== undefined) {
    const unknown = from["enum"] === undefined
      ? ["any other"]
      : list(from["enum"]).filter((value) => !list(values).includes(value))
    return unknown.map((value) => `${path}: ${text(value)} is not known`)
  }
  const stricter = Object.entries(limits).flatMap(([name, suffices]) =>
    to[name] === undefined || (from[name] !== undefined && suffices(to[name], from[name]))
      ? []
      : [`${path}: ${name} is ${text(to[name])}, was ${text(from[name])}`]
  )
  const required = list(to["required"]).filter((key) => !list(from["required"]).includes(key))
  const fields = Object.entries(json(to["properties"])).flatMap(([key, field]) => {
    const given = json(from["properties"])[key]
    return given === undefined ? [] : unread(at(reader, field), at(writer, given), `${path}.${key}`)
  })
  const inner = ["items", "additionalProperties"].flatMap((name) =>
    isJson(to[name]) ? unread(at(reader, to[name]), at(writer, from[name]), `${path}[]`) : []
  )
  return [...stricter, ...required.map((key) => `${path}.${String(key)} is missing`), ...fields, ...inner]
}

const unread = (reader: Side, writer: Side, path: string): ReadonlyArray<string> =>
  members(writer).flatMap((from) => {
    const complaints = members(reader).map((to) => ofOne(to, from, path))
    if (complaints.some(({ length }) => length === 0)) return []
    return complaints.toSorted((a, b) => rank(a) - rank(b))[0] ?? [`${path}: nothing is read`]
  })

/** The member that comes nearest says what is wrong: not the ones of another tag. */
const rank = (complaints: ReadonlyArray<string>) =>
  complaints.length + (complaints.some((one) => /\._tag: /.test(one)) ? 1000 : 0)

/** What `writer` may write and `reader` does not read, each with its place; none when all is read. */
export const complaints = (reader: Json, writer: Json): ReadonlyArray<string> =>
  unread(at(sideOf(reader), reader), at(sideOf(writer), writer), "")

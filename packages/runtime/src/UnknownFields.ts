/** Finds the fields of a JSON value that its schema does not know: a typo must not be dropped in silence. */
import * as Predicate from "effect/Predicate"
import * as AST from "effect/SchemaAST"
import { closestMatch } from "leven"
import * as Pointer from "./Pointer.ts"
import type { FieldError } from "./Problem.ts"

type Fields = ReadonlyMap<string, ReadonlyArray<AST.AST>>
const open = "open" as const

/** The fields an object may have by any of these types; `open` when any of them allows all. */
const fieldsOf = (types: ReadonlyArray<AST.AST>): Fields | typeof open => {
  const fields = new Map<string, ReadonlyArray<AST.AST>>()
  for (const type of types) {
    if (type._tag !== "TypeLiteral") continue
    if (type.indexSignatures.length > 0 || type.propertySignatures.length === 0) return open
    for (const { name, type: field } of type.propertySignatures) {
      fields.set(String(name), [...(fields.get(String(name)) ?? []), ...flatten(field)])
    }
  }
  return fields.size === 0 ? open : fields
}

const flatten = (ast: AST.AST): ReadonlyArray<AST.AST> => {
  switch (ast._tag) {
    case "Union":
      return ast.types.flatMap(flatten)
    case "Suspend":
      return flatten(ast.f())
    case "Refinement":
    case "Transformation":
      return flatten(ast.from)
    default:
      return [ast]
  }
}

const elementsOf = (types: ReadonlyArray<AST.AST>): ReadonlyArray<AST.AST> =>
  types.flatMap((type) =>
    type._tag === "TupleType" ? [...type.elements, ...type.rest].flatMap((_) => flatten(_.type)) : []
  )

const suggestion = (key: string, known: ReadonlyArray<string>): string => {
  const lower = new Map(known.map((name) => [name.toLowerCase(), name]))
  const match = closestMatch(key.toLowerCase(), Array.from(lower.keys()), {
    maxDistance: Math.max(2, key.length / 3)
  })
  const meant = match === undefined ? undefined : lower.get(match)
  return meant === undefined ? `, known are ${known.join(", ")}` : `, did you mean "${meant}"?`
}

const walk = (
  types: ReadonlyArray<AST.AST>,
  value: unknown,
  path: ReadonlyArray<string | number>
): Array<FieldError> => {
  if (Array.isArray(value)) {
    const elements = elementsOf(types)
    return elements.length === 0
      ? []
      : value.flatMap((element, index) => walk(elements, element, [...path, index]))
  }
  if (!Predicate.isRecord(value)) return []
  const fields = fieldsOf(types)
  if (fields === open) return []
  return Object.keys(value).flatMap((key): Array<FieldError> => {
    const field = fields.get(key)
    if (field !== undefined) {
      return Predicate.isObject(value[key]) ? walk(field, value[key], [...path, key]) : []
    }
    const message = `unknown field "${key.slice(0, 100)}"${
      suggestion(key.slice(0, 100), Array.from(fields.keys()))
    }`
    return [{ in: "body", pointer: Pointer.of([...path, key]), code: "unknown-field", message }]
  })
}

/** Made once for a schema; cheap for the usual body, whose fields are all known. */
export const make = (ast: AST.AST): (value: unknown) => Array<FieldError> => {
  const types = flatten(AST.encodedAST(ast))
  return (value) => walk(types, value, [])
}

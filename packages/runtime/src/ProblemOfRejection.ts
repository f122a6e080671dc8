/**
 * How a typed error of an API becomes a problem. A context declares its error once, as a schema with a status
 * (`HttpApiSchema.annotations({ status: 409 })`); the rest follows from it:
 *
 * - `code`: its `_tag` in kebab case, `OrderNotFound` → `order-not-found`
 * - `title`: the dictionaries' entry for that code, else the schema's `title`
 * - `detail`: its `message`
 * - `retryAfter`, when it has such a field (seconds, or a Duration): the Retry-After header
 */
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { HttpProblem } from "./HttpProblem.ts"
import type { ServedApi } from "./ServedApi.ts"

/** `_tag` of an error as the `code` of its problem. */
export const codeOf = (tag: string): string => tag.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase()

/** The title a schema was annotated with, on itself or on the type it encodes. */
const titleOf = (ast: AST.AST): string | undefined => {
  const own = Option.getOrUndefined(AST.getTitleAnnotation(ast))
  return own ??
    (ast._tag === "Transformation" ? Option.getOrUndefined(AST.getTitleAnnotation(ast.to)) : undefined)
}

const retryAfter = (error: unknown): Readonly<Record<string, string>> => {
  if (!Predicate.hasProperty(error, "retryAfter")) return {}
  const { retryAfter } = error
  if (Duration.isDuration(retryAfter)) {
    return { "retry-after": `${Math.ceil(Duration.toSeconds(retryAfter))}` }
  }
  return Predicate.isNumber(retryAfter) ? { "retry-after": `${Math.ceil(retryAfter)}` } : {}
}

const schemasOf = (api: ServedApi): ReadonlyArray<Schema.Schema.Any> => {
  const schemas = new Set<Schema.Schema.Any>()
  HttpApiSchema.deunionize(schemas, Schema.make(api.errorSchema.ast))
  for (const group of Object.values(api.groups)) {
    HttpApiSchema.deunionize(schemas, group.errorSchema)
    for (const endpoint of Object.values(group.endpoints)) {
      HttpApiSchema.deunionize(schemas, endpoint.errorSchema)
    }
  }
  return Array.from(schemas).filter((schema) => schema.ast._tag !== "NeverKeyword")
}

/** Recognises every error that the API declares; anything else is `None`. */
export const make = (api: ServedApi) => {
  const known = schemasOf(api).map((schema) => ({
    is: Schema.is(schema),
    encode: Schema.encodeUnknownEither(Schema.make(schema.ast)),
    status: HttpApiSchema.getStatusErrorAST(schema.ast),
    title: titleOf(schema.ast)
  }))
  return (error: unknown): Option.Option<HttpProblem> => {
    const match = known.find((candidate) => candidate.is(error))
    if (match === undefined) return Option.none()
    const rejection = Option.getOrUndefined(Either.getRight(match.encode(error)))
    return Option.some(
      new HttpProblem({
        status: match.status,
        code: Predicate.hasProperty(error, "_tag") && Predicate.isString(error._tag)
          ? codeOf(error._tag)
          : "rejected",
        detail: Predicate.hasProperty(error, "message") && Predicate.isString(error.message)
          ? error.message
          : "",
        headers: retryAfter(error),
        ...(match.title === undefined ? {} : { title: match.title }),
        ...(rejection === undefined ? {} : { rejection })
      })
    )
  }
}

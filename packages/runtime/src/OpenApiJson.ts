/** The OpenAPI 3.1 document of an API as clients see it: its errors are problems. */
import * as OpenApi from "@effect/platform/OpenApi"
import * as OpenApiJsonSchema from "@effect/platform/OpenApiJsonSchema"
import { Access } from "@saucier/kernel/Access"
import * as Context from "effect/Context"
import * as Rec from "effect/Record"
import { cookieName } from "./Authentication.ts"
import { endpointsOf } from "./JsonRequest.ts"
import { Problem } from "./Problem.ts"
import { contentType } from "./Problem.ts"
import type { ServedApi } from "./ServedApi.ts"

/** The problem's schema and those that it refers to. */
const problemSchemas = () => {
  const defs: Record<string, OpenApiJsonSchema.JsonSchema> = {}
  OpenApiJsonSchema.makeWithDefs(Problem, { defs })
  return defs
}

/** How the platform would report a bad request, were it not for problems. */
const replaced = new Set(["HttpApiDecodeError", "Issue", "PropertyKey"])

const problem = { $ref: "#/components/schemas/Problem" }

const isReplaced = (schema: object) =>
  "$ref" in schema && replaced.has(`${schema.$ref}`.slice("#/components/schemas/".length))

/** The schema of an error answer: a problem, with the typed rejections inside where the API declares some. */
const schemaOf = (response: OpenApi.OpenApiSpecResponse) => {
  const declared = response.content?.["application/json"]?.schema
  if (declared === undefined) return problem
  const [first, ...others] = ("anyOf" in declared ? declared.anyOf : [declared])
    .filter((schema) => !isReplaced(schema))
  if (first === undefined) return problem
  const rejection = others.length === 0 ? first : { anyOf: [first, ...others] }
  return { allOf: [problem, { type: "object", properties: { rejection } }] }
}

/** What may befall any request that changes something: see `Admission`. */
const tooMany: Readonly<Record<string, OpenApi.OpenApiSpecResponse>> = {
  429: { description: "More is being worked on than the server takes in: try again after Retry-After" }
}

/** What may befall a request where the system asks who asks: see `Authentication`. */
const turnedAway: Readonly<Record<string, OpenApi.OpenApiSpecResponse>> = {
  401: { description: "A key is wanted, and none that is known was shown" },
  403: { description: "This is for others" }
}

const securitySchemes: Record<string, OpenApi.OpenAPISecurityScheme> = {
  key: { type: "http", scheme: "bearer", description: "A key, as `saucier key` makes it" },
  session: { type: "apiKey", in: "cookie", name: cookieName, description: "Given by POST /session" }
}

/** Endpoints for everyone, by method and path as the document writes them. */
const publicOf = (api: ServedApi): ReadonlySet<string> =>
  new Set(
    Array.from(endpointsOf(api).values())
      .filter(({ annotations }) => Context.get(annotations, Access) === "public")
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`)
  )

const asProblem = (response: OpenApi.OpenApiSpecResponse) => ({
  ...response,
  content: { [contentType]: { schema: schemaOf(response) } }
})

export const make = (api: ServedApi) => {
  const spec = OpenApi.fromApi(api)
  const free = publicOf(api)
  const withProblems = (method: string, path: string, operation: OpenApi.OpenAPISpecOperation) => ({
    ...operation,
    security: free.has(`${method} ${path}`) ? [] : [{}, { key: [] }, { session: [] }],
    responses: Rec.map(
      {
        ...(method === "get" ? {} : tooMany),
        ...(free.has(`${method} ${path}`) ? {} : turnedAway),
        ...operation.responses
      },
      (response, status) => Number(status) < 400 ? response : asProblem(response)
    )
  })
  return {
    ...spec,
    components: {
      ...spec.components,
      securitySchemes,
      schemas: {
        ...Rec.filter(spec.components.schemas, (_, name) => !replaced.has(name)),
        ...problemSchemas()
      }
    },
    paths: Rec.map(
      spec.paths,
      (item, path) =>
        Rec.fromEntries(
          Object.entries(item).map(([method, operation]) => [method, withProblems(method, path, operation)])
        )
    )
  }
}

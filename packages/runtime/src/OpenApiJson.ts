/** The OpenAPI 3.1 document of an API as clients see it: its errors are problems. */
import * as OpenApi from "@effect/platform/OpenApi"
import * as OpenApiJsonSchema from "@effect/platform/OpenApiJsonSchema"
import * as Rec from "effect/Record"
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

/** The schema of an error answer: a problem, with the typed rejection inside where the API declares one. */
const schemaOf = (response: OpenApi.OpenApiSpecResponse) => {
  const declared = response.content?.["application/json"]?.schema
  const plain = declared === undefined ||
    ("$ref" in declared && declared.$ref.endsWith("/HttpApiDecodeError"))
  return plain ? problem : { allOf: [problem, { type: "object", properties: { rejection: declared } }] }
}

/** What may befall any request that changes something: see `Admission`. */
const tooMany: Readonly<Record<string, OpenApi.OpenApiSpecResponse>> = {
  429: { description: "More is being worked on than the server takes in: try again after Retry-After" }
}

const asProblem = (response: OpenApi.OpenApiSpecResponse) => ({
  ...response,
  content: { [contentType]: { schema: schemaOf(response) } }
})

export const make = (api: ServedApi) => {
  const spec = OpenApi.fromApi(api)
  const withProblems = (method: string, operation: OpenApi.OpenAPISpecOperation) => ({
    ...operation,
    responses: Rec.map(
      { ...(method === "get" ? {} : tooMany), ...operation.responses },
      (response, status) => Number(status) < 400 ? response : asProblem(response)
    )
  })
  return {
    ...spec,
    components: {
      ...spec.components,
      schemas: {
        ...Rec.filter(spec.components.schemas, (_, name) => !replaced.has(name)),
        ...problemSchemas()
      }
    },
    paths: Rec.map(
      spec.paths,
      (item) =>
        Rec.fromEntries(
          Object.entries(item).map(([method, operation]) => [method, withProblems(method, operation)])
        )
    )
  }
}

/** The OpenAPI 3.1 document of an API as clients see it: its errors are problems. */
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as OpenApi from "@effect/platform/OpenApi"
import * as Record from "effect/Record"
import { Problem } from "./Problem.ts"
import { contentType } from "./Problem.ts"
import type { ServedApi } from "./ServedApi.ts"

const AnyProblem = Problem.annotations(
  HttpApiSchema.annotations({ status: 500, description: "A problem (RFC 9457)" })
)

const problem = { $ref: "#/components/schemas/Problem" }

/** The schema of an error answer: a problem, with the typed rejection inside where the API declares one. */
const schemaOf = (response: OpenApi.OpenApiSpecResponse) => {
  const declared = response.content?.["application/json"]?.schema
  const plain = declared === undefined ||
    ("$ref" in declared && /\/(HttpApiDecodeError|Problem)$/.test(declared.$ref))
  return plain ? problem : { allOf: [problem, { type: "object", properties: { rejection: declared } }] }
}

const asProblem = (response: OpenApi.OpenApiSpecResponse) => ({
  ...response,
  content: { [contentType]: { schema: schemaOf(response) } }
})

export const make = (api: ServedApi) => {
  const spec = OpenApi.fromApi(api.addError(AnyProblem))
  const withProblems = (operation: OpenApi.OpenAPISpecOperation) => ({
    ...operation,
    responses: Record.map(
      { ...operation.responses },
      (response, status) => Number(status) < 400 ? response : asProblem(response)
    )
  })
  return {
    ...spec,
    paths: Record.map(
      spec.paths,
      (item) =>
        Record.fromEntries(
          Object.entries(item).map(([method, operation]) => [method, withProblems(operation)])
        )
    )
  }
}

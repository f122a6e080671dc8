/** The workflows of this repository, as GitHub reads them. */
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "yaml"

export const folder = join(import.meta.dirname, "../../.github/workflows")

const Permissions = Schema.Record({ key: Schema.String, value: Schema.String })

export const Step = Schema.Struct({
  uses: Schema.optional(Schema.String),
  run: Schema.optional(Schema.String),
  with: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.Unknown }), {
    default: () => ({})
  })
})

const Job = Schema.Struct({
  uses: Schema.optional(Schema.String),
  needs: Schema.optional(Schema.String),
  permissions: Schema.optional(Permissions),
  "timeout-minutes": Schema.optional(Schema.Int),
  strategy: Schema.optional(
    Schema.Struct({
      matrix: Schema.Struct({
        node: Schema.optional(Schema.Array(Schema.Int)),
        app: Schema.optional(Schema.Array(Schema.String)),
        include: Schema.optional(Schema.Array(Schema.Struct({ name: Schema.String, command: Schema.String })))
      })
    })
  ),
  steps: Schema.optionalWith(Schema.Array(Step), { default: () => [] })
})

const Workflow = Schema.Struct({
  permissions: Permissions,
  jobs: Schema.Record({ key: Schema.String, value: Job })
})

export const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8")
  const { jobs, permissions } = Schema.decodeUnknownSync(Workflow)(parse(text))
  return { name, text, jobs, permissions }
})

export const named = (name: string) => {
  const found = workflows.find((workflow) => workflow.name === `${name}.yml`)
  if (found === undefined) throw new Error(`There is no workflow ${name}`)
  return found
}

/** Every command that a job runs, those of its matrix included. */
export const commands = ({ jobs }: ReturnType<typeof named>) =>
  Object.values(jobs).flatMap(({ steps, strategy }) =>
    steps.flatMap(({ run }) => run ?? []).concat(
      (strategy?.matrix.include ?? []).map(({ command }) => command)
    )
  )

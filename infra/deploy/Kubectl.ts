/** The namespace of Saucier, through kubectl. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execFile } from "node:child_process"
import { promisify } from "node:util"
import * as Child from "../bench/Child.ts"
import { because } from "../bench/Failure.ts"

/** The program that is run. */
export class Kubectl extends Context.Reference<Kubectl>()("saucier/infra/Kubectl", {
  defaultValue: () => "kubectl"
}) {}

const namespace = ["--namespace", "saucier"]

const execute = promisify(execFile)

/** What it printed; what it complained of only when it failed. */
export const run = (...args: ReadonlyArray<string>) =>
  Effect.flatMap(Kubectl, (kubectl) =>
    Effect.tryPromise({
      try: () => execute(kubectl, [...args, ...namespace], { maxBuffer: 2 ** 26 }),
      catch: (error) => because(error instanceof Error ? error.message.trim() : String(error))
    })).pipe(Effect.map(({ stdout }) => stdout))

const Deployments = Schema.parseJson(Schema.Struct({
  items: Schema.Array(Schema.Struct({
    metadata: Schema.Struct({
      name: Schema.String,
      annotations: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.String }), {
        default: () => ({})
      })
    })
  }))
}))

/** The revision of each deployment by its name; none where nothing is installed yet. */
export const revisions = Effect.map(run("get", "deployments", "--output", "json"), (text) => {
  const { items } = Schema.decodeUnknownSync(Deployments)(text)
  return new Map(
    items.map(({ metadata: { annotations, name } }) =>
      [name, annotations["deployment.kubernetes.io/revision"] ?? "0"] as const
    )
  )
})

/** An address here that leads to port 80 of a service, for as long as the scope is open. */
export const forwarded = (service: string) =>
  Effect.gen(function*() {
    const kubectl = yield* Kubectl
    const child = yield* Child.make(kubectl, ["port-forward", `service/${service}`, ":80", ...namespace])
    const found = Effect.sync(() => /Forwarding from (127\.0\.0\.1:\d+)/.exec(child.printed())?.[1])
    const address = yield* Effect.raceFirst(
      Effect.repeat(Effect.delay(found, "50 millis"), { until: (address) => address !== undefined }),
      Effect.flatMap(child.ended, () => because(`No way to ${service}: ${child.printed()}`))
    )
    return `http://${address}`
  }).pipe(Effect.timeoutFail({ duration: "30 seconds", onTimeout: () => because(`No way to ${service}`) }))

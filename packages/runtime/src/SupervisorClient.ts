/** Talks to a running supervisor: by what it wrote into its data folder, or by an address and a token. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpApiClient from "@effect/platform/HttpApiClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SupervisorHttp } from "./SupervisorHttp.ts"

/** Where a supervisor listens, and what it wants to hear; in a file that only its owner can read. */
export const Address = Schema.Struct({ url: Schema.String, token: Schema.String, pid: Schema.Int })
export type Address = typeof Address.Type

export class NoSupervisor extends Schema.TaggedError<NoSupervisor>()("NoSupervisor", {
  folder: Schema.String
}) {
  override get message() {
    return `No supervisor runs on ${this.folder}`
  }
}

/** The supervisor's file in a data folder. */
export const fileOf = (folder: string) =>
  Effect.map(Path.Path, (path) => path.join(folder, "supervisor.json"))

export const find = (folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const text = yield* fs.readFileString(yield* fileOf(folder))
    return yield* Schema.decode(Schema.parseJson(Address))(text)
  }).pipe(Effect.mapError(() => new NoSupervisor({ folder })))

export const make = ({ token, url }: Pick<Address, "token" | "url">) =>
  Effect.gen(function*() {
    const http = (yield* HttpClient.HttpClient).pipe(
      HttpClient.withTracerPropagation(false),
      HttpClient.mapRequest(HttpClientRequest.bearerToken(Redacted.make(token)))
    )
    const { control } = yield* HttpApiClient.makeWith(SupervisorHttp, { baseUrl: url, httpClient: http })
    return control
  })
export type SupervisorClient = Effect.Effect.Success<ReturnType<typeof make>>

export const ofFolder = (folder: string) => Effect.flatMap(find(folder), make)

/** The supervisor's control address: on loopback, and only for who can read the file that says where it is. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpMiddleware from "@effect/platform/HttpMiddleware"
import * as HttpServer from "@effect/platform/HttpServer"
import { ChaosControlGroup } from "@saucier/assembly/ChaosControl"
import type { ChaosDesk } from "@saucier/assembly/ChaosDesk"
import * as SupervisorClient from "@saucier/runtime/SupervisorClient"
import { NoSuchProcess, OwnerOnly, SupervisorHttp, Unauthorized } from "@saucier/runtime/SupervisorHttp"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { constTrue } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { createServer } from "node:http"
import process from "node:process"
import type { Supervisor } from "./Supervisor.ts"

const digest = (text: string) => createHash("sha256").update(text).digest()

const ownerOnly = (secret: string) =>
  Layer.succeed(OwnerOnly, {
    token: (given) =>
      timingSafeEqual(digest(Redacted.value(given)), digest(secret)) ? Effect.void : new Unauthorized()
  })

const handlers = (supervisor: Supervisor, publicUrl: string) =>
  HttpApiBuilder.group(SupervisorHttp, "control", (handlers) => {
    const signal = (
      { index, service }: { readonly service: string; readonly index: number },
      signal: "SIGKILL" | "SIGSTOP" | "SIGCONT",
      blind = false
    ) =>
      supervisor.service(service).pipe(
        Effect.flatMap(({ member }) => member(index)),
        Effect.flatMap((member) => member.signal(signal, blind)),
        Effect.flatMap((taken) => taken ? Effect.void : new NoSuchProcess({ service, index }))
      )
    return handlers
      .handle(
        "status",
        () => Effect.map(supervisor.status, (status) => ({ ...status, url: publicUrl, pid: process.pid }))
      )
      .handle(
        "scale",
        ({ path, payload }) =>
          Effect.flatMap(supervisor.service(path.service), ({ scale }) => scale(payload.processes))
      )
      .handle("restart", ({ path }) => Effect.flatMap(supervisor.service(path.service), (_) => _.restart))
      .handle("stop", ({ path }) => Effect.flatMap(supervisor.service(path.service), (_) => _.stop))
      .handle("start", ({ path }) => Effect.flatMap(supervisor.service(path.service), (_) => _.start))
      .handle("kill", ({ path }) => signal(path, "SIGKILL"))
      .handle("pause", ({ path, payload }) => signal(path, "SIGSTOP", payload.unwatched))
      .handle("resume", ({ path }) => signal(path, "SIGCONT"))
  })

const chaosHandlers = ({ state, strike }: ChaosDesk["Type"]) =>
  HttpApiBuilder.group(
    HttpApi.make("supervisor").add(ChaosControlGroup),
    "chaos",
    (handlers) => handlers.handle("chaos", () => state).handle("strike", ({ payload }) => strike(payload))
  )

/** Listens for as long as the scope is open; the file that leads here is written when there is something to say. */
export const listen = ({ dataDir, publicUrl }: { readonly dataDir: string; readonly publicUrl: string }) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const file = yield* SupervisorClient.fileOf(dataDir)
    const http = yield* Layer.build(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
    const { address } = Context.get(http, HttpServer.HttpServer)
    const url = address._tag === "TcpAddress" ? `http://127.0.0.1:${address.port}` : ""
    const token = randomBytes(32).toString("base64url")
    const lead: SupervisorClient.Address = { url, token, pid: process.pid }

    const serve = (supervisor: Supervisor, desk: ChaosDesk["Type"]) =>
      Effect.gen(function*() {
        const api = HttpApiBuilder.api(SupervisorHttp.add(ChaosControlGroup)).pipe(
          Layer.provide([handlers(supervisor, publicUrl), chaosHandlers(desk)]),
          Layer.provide(ownerOnly(token))
        )
        yield* Layer.build(
          HttpApiBuilder.serve().pipe(
            Layer.provide(api),
            HttpMiddleware.withTracerDisabledWhen(constTrue)
          )
        ).pipe(Effect.provide(http))
        yield* Effect.acquireRelease(
          Effect.zipRight(
            fs.writeFileString(`${file}.new`, JSON.stringify(lead), { mode: 0o600 }),
            fs.rename(`${file}.new`, file)
          ),
          () => Effect.ignore(fs.remove(file))
        )
      })
    return { url, token, serve }
  })

/** Checks of the address: whether it is free, and if Saucier answers there, how it is. */
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Diagnosis } from "./Diagnosis.ts"
import type { Server } from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const fine = { level: "ok", next: "", exitCode: ExitCode.ok } as const

interface Answer {
  readonly status: number
  readonly text: string
  readonly date: number | undefined
}

const get = (server: Server, path: string) =>
  Effect.gen(function*() {
    const response = yield* server.http.get(path)
    const date = Date.parse(response.headers["date"] ?? "")
    const answer: Answer = {
      status: response.status,
      text: yield* response.text,
      date: Number.isNaN(date) ? undefined : date
    }
    return answer
  }).pipe(Effect.timeout("5 seconds"))

/** Nobody there is fine before a start, but not when somebody was named. */
const address = (
  { doctor }: Texts,
  server: Server,
  named: boolean,
  alive: Option.Option<Answer>
): Diagnosis => {
  const name = doctor.port
  if (Option.isNone(alive)) {
    return named
      ? {
        name,
        level: "fail",
        found: doctor.portSilent(server.url),
        next: doctor.portStart,
        exitCode: ExitCode.unavailable
      }
      : { ...fine, name, found: doctor.portFree(server.url), next: doctor.portStart }
  }
  return alive.value.text.trim() === "alive"
    ? { ...fine, name, found: doctor.portOurs(server.url) }
    : {
      name,
      level: "fail",
      found: doctor.portTaken(server.url),
      next: doctor.portNext,
      exitCode: ExitCode.failure
    }
}

const readiness = ({ doctor }: Texts, server: Server) =>
  get(server, "/readyz").pipe(
    Effect.match({
      onFailure: ({ message }): Answer => ({ status: 0, text: message, date: undefined }),
      onSuccess: (answer) => answer
    }),
    Effect.map(({ status, text }): Diagnosis =>
      status === 200
        ? { ...fine, name: doctor.ready, found: doctor.readyOk }
        : {
          name: doctor.ready,
          level: "fail",
          found: text.trim().split("\n").join("; "),
          next: doctor.readyNext,
          exitCode: ExitCode.unavailable
        }
    )
  )

const parked = ({ doctor }: Texts, server: Server) =>
  server.ask(server.api.operator.listParked({})).pipe(
    Effect.match({
      onFailure: (): Diagnosis => ({
        ...fine,
        name: doctor.parked,
        level: "warn",
        found: doctor.parkedUnknown,
        next: doctor.readyNext
      }),
      onSuccess: ({ items }): Diagnosis =>
        items.length === 0
          ? { ...fine, name: doctor.parked, found: doctor.parkedNone }
          : {
            ...fine,
            name: doctor.parked,
            level: "warn",
            found: doctor.parkedSome(items.length),
            next: doctor.parkedNext
          }
    })
  )

/** With the server's idea of the time, when it tells one. */
export const examine = (texts: Texts, server: Server, named: boolean) =>
  Effect.gen(function*() {
    const alive = yield* Effect.option(get(server, "/livez"))
    const first = address(texts, server, named, alive)
    if (Option.isNone(alive) || first.level === "fail") return { diagnoses: [first], time: undefined }
    return {
      diagnoses: [first, yield* readiness(texts, server), yield* parked(texts, server)],
      time: alive.value.date
    }
  })

/**
 * The chaos desk in this process, before a system that it reaches as everybody does: by the public address. What it does ends
 * by itself, at the latest when its scope closes.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type { Chaos, ChaosRequest, Load, Strike } from "@saucier/assembly/Chaos"
import * as ChaosBooks from "@saucier/assembly/ChaosBooks"
import type { ChaosDesk, Refusal } from "@saucier/assembly/ChaosDesk"
import * as ChaosExpectations from "@saucier/assembly/ChaosExpectations"
import { ChaosBusy, ChaosNotPossible } from "@saucier/assembly/ChaosRejections"
import type { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { constTrue } from "effect/Function"
import * as Schedule from "effect/Schedule"
import * as ChaosFaults from "./ChaosFaults.ts"
import type { ChaosProcesses } from "./ChaosProcesses.ts"
import * as ChaosReader from "./ChaosReader.ts"
import * as LoadRun from "./LoadRun.ts"

export interface Options {
  /** Where callers come. */
  readonly url: string
  readonly presets: ProviderPresets["Type"]
  readonly processes: ChaosProcesses
}

const noProvider = new ChaosNotPossible({ subject: "provider", reason: "unreachable" })

export const make = ({ presets, processes, url }: Options) =>
  Effect.gen(function*() {
    const http = HttpClient.mapRequest(yield* HttpClient.HttpClient, HttpClientRequest.prependUrl(url)).pipe(
      HttpClient.withTracerPropagation(false),
      HttpClient.withTracerDisabledWhen(constTrue)
    )
    const faults = yield* ChaosFaults.make
    const books = yield* ChaosReader.make(http, ChaosBooks.make())
    yield* Effect.forkScoped(books.follow(Effect.map(faults.faults, ({ length }) => length > 0)))
    const oneByOne = (yield* Effect.makeSemaphore(1)).withPermits(1)
    let load: Load | null = null

    const preset = ({ preset, seconds }: Extract<Strike, { kind: "preset" }>) =>
      Effect.map(Effect.mapError(presets.get, () => noProvider), (before) => ({
        begin: Effect.as(
          Effect.mapError(presets.set({ preset, lostReplyRate: 0 }), () => noProvider),
          null
        ),
        last: Effect.sleep(`${seconds} seconds`),
        // Somebody may have chosen another one for good, meanwhile.
        end: Effect.flatMap(presets.get, (now) => now.preset === preset ? presets.set(before) : Effect.void)
          .pipe(
            Effect.retry(Schedule.spaced("500 millis").pipe(Schedule.upTo("1 minute"))),
            Effect.mapError(({ detail }) => ({ message: detail }))
          )
      }))

    const placing = ({ rate, seconds }: Extract<Strike, { kind: "load" }>): ChaosFaults.Course<never> => {
      const answers: Record<string, number> = {}
      const show = (running: boolean, sent: number) => {
        const answered = Object.values(answers).reduce((sum, count) => sum + count, 0)
        load = { rate, running, sent, answered, answers: { ...answers } }
      }
      return {
        begin: Effect.sync(() => {
          show(true, 0)
          return null
        }),
        last: Effect.asVoid(LoadRun.run({ http }, { rate, seconds }, {
          sent: (sent) => show(true, sent),
          answered: (outcome, orderId) => {
            answers[outcome] = (answers[outcome] ?? 0) + 1
            if (orderId !== undefined) books.acknowledge(orderId)
          }
        })).pipe(Effect.orDie),
        end: Effect.sync(() => show(false, load?.sent ?? 0))
      }
    }

    const strike = (strike: Strike): Effect.Effect<void, Refusal> => {
      switch (strike.kind) {
        case "preset":
          return Effect.zipRight(
            faults.clear("preset"),
            Effect.flatMap(preset(strike), (course) => faults.begin(strike, "preset", course))
          )
        case "load":
          return Effect.zipRight(faults.clear("load"), faults.begin(strike, "load", placing(strike)))
        case "kill":
        case "pause":
        case "stop":
        case "scale":
          return Effect.flatMap(processes.course(strike), (course) =>
            Effect.flatMap(faults.of(strike.service), (fault): Effect.Effect<void, Refusal> =>
              fault === undefined
                ? faults.begin(strike, strike.service, course)
                : new ChaosBusy({ service: strike.service, fault: fault.id })))
      }
    }

    const state: Effect.Effect<Chaos> = Effect.gen(function*() {
      const services = yield* processes.services
      return {
        at: yield* Clock.currentTimeMillis,
        preset: yield* presets.get.pipe(
          Effect.timeout("1 second"),
          Effect.match({
            onFailure: () =>
              null,
            onSuccess: ({ preset }) =>
              preset
          })
        ),
        services,
        offers: ChaosExpectations.offers(services),
        faults: yield* faults.faults,
        past: yield* faults.past,
        load,
        counters: yield* books.counters
      }
    })

    return {
      state,
      strike: (request: ChaosRequest) => {
        if (request.kind === "end") {
          return Effect.zipRight(
            request.fault === undefined ? faults.endAll : faults.end(request.fault),
            state
          )
        }
        return Effect.zipRight(oneByOne(strike(request)), state)
      }
    } satisfies ChaosDesk["Type"]
  })

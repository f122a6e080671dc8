/** How a process that speaks HTTP is asked how it is. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as ScalingRules from "@saucier/assembly/ScalingRules"
import * as Effect from "effect/Effect"
import { constTrue } from "effect/Function"
import type { Probe, Readings } from "./SupervisorPlan.ts"

const patience = "1 second"

/** The sum over all label sets of a metric in Prometheus' text, or null when there is none. */
export const metric = (text: string, name: string): number | null => {
  let sum: number | null = null
  for (const line of text.split("\n")) {
    if (!line.startsWith(name) || ![" ", "{"].includes(line.charAt(name.length))) continue
    const value = Number(line.slice(line.lastIndexOf(" ") + 1))
    if (Number.isFinite(value)) sum = (sum ?? 0) + value
  }
  return sum
}

export const none: Readings = {
  shards: null,
  orders: null,
  memoryBytes: null,
  cpuSeconds: null,
  providerCalls: null
}

/** The sum of those that are told. */
const sum = (values: ReadonlyArray<number | null>) =>
  values.reduce((sum, value) => sum === null || value === null ? sum ?? value : sum + value, null)

const readingsOf = (text: string): Readings => ({
  shards: metric(text, "saucier_shards_owned"),
  orders: metric(text, "saucier_orders_registered_total"),
  memoryBytes: metric(text, "process_resident_memory_bytes"),
  cpuSeconds: metric(text, ScalingRules.metrics.cpu),
  providerCalls: sum(ScalingRules.metrics.providerCalls.map((name) => metric(text, name)))
})

export const make = (base: string) =>
  Effect.map(HttpClient.HttpClient, (client): Probe => {
    const http = HttpClient.withTracerPropagation(client, false).pipe(
      HttpClient.withTracerDisabledWhen(constTrue)
    )
    // Read to its end whatever it says: an answer left unread keeps its sender from closing.
    const get = (path: string) =>
      Effect.flatMap(http.get(`${base}${path}`), (response) =>
        Effect.map(response.text, (text) => ({ text, ok: response.status >= 200 && response.status < 300 })))
        .pipe(Effect.timeout(patience))
    return {
      live: Effect.match(get("/livez"), {
        onFailure: (error) =>
          error._tag === "RequestError" ? "absent" : "silent",
        onSuccess: ({ ok }) =>
          ok ? "alive" : "silent"
      }),
      ready: Effect.match(get("/readyz"), { onFailure: () => false, onSuccess: ({ ok }) => ok }),
      readings: Effect.match(get("/metrics"), {
        onFailure: () => none,
        onSuccess: ({ ok, text }) => ok ? readingsOf(text) : none
      })
    }
  })

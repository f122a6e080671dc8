/** The processes of a cluster as a table, drawn over itself on a terminal. */
import type { ClusterStatus, ProcessStatus } from "@saucier/runtime/SupervisorHttp"
import Table from "cli-table3"
import * as Effect from "effect/Effect"
import { createLogUpdate } from "log-update"
import process from "node:process"
import * as Colours from "./Colours.ts"
import type { Texts } from "./TextsEn.ts"

const colourOf = ({ state }: ProcessStatus) => state === "ready" ? Colours.green : Colours.yellow

const number = (value: number | null, digits = 0) => value === null ? "" : value.toFixed(digits)

export const render = ({ cluster }: Texts, { services }: Pick<ClusterStatus, "services">) => {
  const table = new Table({
    head: cluster.headers,
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colAligns: ["left", "right", "left", "right", "right", "right", "right", "left"]
  })
  for (const { processes, service } of services) {
    if (processes.length === 0) table.push([service, "", cluster.states.stopped, "", "", "", "", ""])
    for (const one of processes) {
      table.push([
        `${service}-${one.index}`,
        one.pid === null ? "" : String(one.pid),
        colourOf(one)(cluster.states[one.state]),
        number(one.shards),
        number(one.ordersPerSecond, 1),
        number(one.memoryBytes === null ? null : one.memoryBytes / 1e6),
        String(one.restarts),
        one.url ?? ""
      ])
    }
  }
  return table.toString()
}

/** Draws again each second, where the one before stood, whatever the size of the terminal. */
export const live = <E, R>(texts: Texts, status: Effect.Effect<Pick<ClusterStatus, "services">, E, R>) =>
  Effect.acquireUseRelease(
    // To hide the cursor it would listen for signals, and end us at the first.
    Effect.sync(() => createLogUpdate(process.stdout, { showCursor: true })),
    (screen) =>
      Effect.map(status, (now) => screen(render(texts, now))).pipe(
        Effect.zipLeft(Effect.sleep("1 second")),
        Effect.forever
      ),
    (screen) => Effect.sync(() => screen.done())
  )

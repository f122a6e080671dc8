/** The processes of a cluster as a table, drawn over itself on a terminal. */
import type { ClusterStatus, ProcessStatus } from "@saucier/runtime/SupervisorHttp"
import Table from "cli-table3"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import process from "node:process"
import * as Readline from "node:readline"
import * as Colours from "./Colours.ts"
import type { Texts } from "./TextsEn.ts"

const colourOf = ({ state }: ProcessStatus) => state === "ready" ? Colours.green : Colours.yellow

const number = (value: number | null, digits = 0) => value === null ? "" : value.toFixed(digits)

export const render = ({ cluster }: Texts, { services }: Pick<ClusterStatus, "services">) => {
  const table = new Table({
    head: cluster.headers,
    style: { head: [], border: [] },
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

/** Draws again each second, where the one before stood. */
export const live = <E, R>(texts: Texts, status: Effect.Effect<Pick<ClusterStatus, "services">, E, R>) =>
  Effect.suspend(() => {
    let drawn = 0
    const draw = Effect.flatMap(status, (now) => {
      const text = render(texts, now)
      const up = drawn
      drawn = text.split("\n").length
      return Effect.zipRight(
        Effect.sync(() => {
          if (up === 0) return
          Readline.moveCursor(process.stdout, 0, -up)
          Readline.clearScreenDown(process.stdout)
        }),
        Console.log(text)
      )
    })
    return Effect.forever(Effect.zipLeft(draw, Effect.sleep("1 second")))
  })

/** What the rule makes of metrics that a real cluster told, under a load that came and went. */
import { assert, describe, expect, it } from "@effect/vitest"
import * as ScalingRules from "@saucier/assembly/ScalingRules"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Chart from "./Chart.ts"
import { Recording } from "./Recording.ts"
import { replay } from "./Replay.ts"

const recording = Schema.decodeUnknownSync(Schema.parseJson(Recording))(
  readFileSync(join(import.meta.dirname, "recorded.json"), "utf8")
)
const points = replay(recording)
const { from, to } = recording.load
const { least, most } = ScalingRules.rules.payment

describe("the rule, told what was recorded", () => {
  it("wants the least before the load, more under it, and the least again in the end", () => {
    const wanted = (since: number, until: number) =>
      points.flatMap(({ at, wanted }) => at >= since && at < until ? [wanted] : [])
    assert.deepStrictEqual(new Set(wanted(0, from)), new Set([least]))
    assert.isAbove(Math.max(...wanted(from, to)), least)
    assert.isAtMost(Math.max(...wanted(from, to)), most)
    assert.strictEqual(points.at(-1)?.wanted, least)
  })

  it("takes nothing away for five minutes after it last asked for that many", () => {
    const highest = Math.max(...points.map(({ wanted }) => wanted))
    const firstFewer = points.findIndex(({ at, wanted }) => at > to && wanted < highest)
    assert.isAtLeast(points[firstFewer]?.at ?? 0, to + 240_000)
  })

  it("was followed: processes got ready, and went", () => {
    const running = points.map(({ running }) => running)
    assert.isAbove(Math.max(...running), least)
    assert.strictEqual(running.at(-1), least)
  })

  it("is what the guide shows", async () => {
    await expect(Chart.svg(recording)).toMatchFileSnapshot(
      join(import.meta.dirname, "../../docs/images/autoscaling.svg")
    )
  })
})

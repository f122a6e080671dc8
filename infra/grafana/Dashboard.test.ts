/** The file that Grafana loads says what its source says. `vitest run infra/grafana -u` writes it. */
import { assert, describe, expect, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { parse } from "yaml"
import * as Dashboard from "./Dashboard.ts"

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")
const { panels = [], templating } = Dashboard.dashboard()

describe("the dashboard of Grafana", () => {
  it("is the file that is loaded", async () => {
    await expect(Dashboard.json()).toMatchFileSnapshot("dashboards/saucier.json")
  })

  it("gives each panel an id and a place of its own, within the 24 columns", () => {
    const ids = panels.map(({ id }) => id)
    assert.strictEqual(new Set(ids).size, ids.length)
    const taken = new Set<string>()
    for (const { gridPos, title } of panels) {
      assert(gridPos !== undefined)
      const { h, w, x, y } = gridPos
      assert.isAtMost(x + w, 24, title)
      for (let column = x; column < x + w; column++) {
        for (let line = y; line < y + h; line++) {
          const place = `${column}/${line}`
          assert.isFalse(taken.has(place), `${title} overlaps`)
          taken.add(place)
        }
      }
    }
  })

  it("is provisioned with the data source that it asks", () => {
    const { datasources } = parse(read("provisioning/datasources/prometheus.yaml"))
    const [variable] = templating?.list ?? []
    assert.strictEqual(variable?.query, datasources[0].type)
    assert.deepStrictEqual(variable?.current, {
      text: datasources[0].name,
      value: datasources[0].uid
    })
    const { providers } = parse(read("provisioning/dashboards/saucier.yaml"))
    assert.strictEqual(providers[0].options.path, "/etc/grafana/dashboards")
  })
})

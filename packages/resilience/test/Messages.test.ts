import { assert, describe, it } from "@effect/vitest"
import { BulkheadFull } from "@saucier/resilience/BulkheadFull"
import { CallNotPermitted } from "@saucier/resilience/CallNotPermitted"
import * as Duration from "effect/Duration"

const retryAfter = Duration.millis(21_379.901081)

describe("what the policies say to people", () => {
  it("tells when to try again in whole seconds, not sooner", () => {
    assert.strictEqual(
      new CallNotPermitted({ name: "bank", state: "Open", retryAfter }).message,
      "bank takes no calls while Open, retry after 22s"
    )
    assert.strictEqual(
      new BulkheadFull({ name: "bank", reason: "queue-full", retryAfter }).message,
      "bank is full (queue-full), retry after 22s"
    )
  })
})

import { assert, describe, it } from "@effect/vitest"
import * as EntityTag from "@saucier/kernel/EntityTag"

describe("EntityTag", () => {
  it.each(["\"3\"", "W/\"3\"", "\"1\", \"3\"", "*"])(
    "knows what the reader has by If-None-Match: %s",
    (header) => {
      assert.isTrue(EntityTag.isFresh(header, EntityTag.ofVersion(3)))
    }
  )

  it.each([undefined, "\"4\"", "3", "", "\"33\""])("sends again on If-None-Match: %s", (header) => {
    assert.isFalse(EntityTag.isFresh(header, EntityTag.ofVersion(3)))
  })

  it.each([[undefined, null], ["*", null], ["\"3\"", [3]], ["\"3\", \"4\"", [3, 4]], ["W/\"3\"", []], [
    "x",
    []
  ]])(
    "admits by If-Match %s the versions %j",
    (header, versions) => {
      assert.deepStrictEqual(EntityTag.admitted(header ?? undefined), versions)
    }
  )
})

import { assert, describe, it } from "@effect/vitest"
import { boardTexts } from "../src/board/BoardTexts.ts"
import { chaosTexts } from "../src/chaos/ChaosTexts.ts"
import { deliveriesTexts } from "../src/deliveries/DeliveriesTexts.ts"
import { orderTexts } from "../src/order/OrderTexts.ts"
import { paymentsTexts } from "../src/payments/PaymentsTexts.ts"
import { placeTexts } from "../src/place/PlaceTexts.ts"
import { pulseTexts } from "../src/pulse/PulseTexts.ts"
import { shellTexts } from "../src/ShellTexts.ts"
import { storyTexts } from "../src/story/StoryTexts.ts"
import { systemTexts } from "../src/system/SystemTexts.ts"
import { negotiate } from "../src/texts/Language.ts"
import { words } from "../src/texts/Words.ts"

/** Every text with its place; the types see to it that both languages have the same places. */
const leaves = (value: unknown, path = ""): ReadonlyArray<readonly [string, unknown]> =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
    : [[path, typeof value === "function" ? value("1", "2") : value]]

const all = {
  board: boardTexts,
  chaos: chaosTexts,
  deliveries: deliveriesTexts,
  order: orderTexts,
  payments: paymentsTexts,
  place: placeTexts,
  pulse: pulseTexts,
  shell: shellTexts,
  story: storyTexts,
  system: systemTexts,
  words
}

/** What English says with the server's own words. */
const unsaid = /^\.faults\./

describe("the page's texts", () => {
  for (const [name, { en, ko }] of Object.entries(all)) {
    it(`say everything in both languages, and Korean in Korean: ${name}`, () => {
      const english = new Map(leaves(en))
      for (const [path, text] of leaves(ko)) {
        assert.isString(text, path)
        assert.isNotEmpty(text, path)
        assert.isTrue(english.get(path) !== "" || unsaid.test(path), path)
        assert.notStrictEqual(text, english.get(path), path)
      }
    })
  }
  it("are in the first language that the reader likes and we speak", () => {
    assert.strictEqual(negotiate([null, "fr-FR", "ko-KR", "en"]), "ko")
    assert.strictEqual(negotiate(["en-GB", "ko"]), "en")
    assert.strictEqual(negotiate([null, "de"]), "en")
  })
})

import { assert, describe, it } from "@effect/vitest"
import { documentation } from "@saucier/runtime/SettingsDocumentation"
import * as SettingsMisspelt from "@saucier/runtime/SettingsMisspelt"

const keys = Object.values(documentation).map(({ key }) => key)

describe("a misspelt setting", () => {
  it("is found whichever of its letters is left out, and the setting that was meant is named", () => {
    for (const key of keys) {
      for (let at = 0; at < key.length; at++) {
        const typo = key.slice(0, at) + key.slice(at + 1)
        assert.deepStrictEqual(SettingsMisspelt.among([typo]), [{ key: typo, meant: key }])
      }
    }
  })

  it("is found in small letters", () => {
    assert.deepStrictEqual(SettingsMisspelt.among(["saucier_http_port"]), [
      { key: "saucier_http_port", meant: "SAUCIER_HTTP_PORT" }
    ])
  })

  it("is not made of what is right, nor of what others are told", () => {
    const others = [
      "SAUCIER_CONFIG_DIR",
      "SAUCIER_PROVIDER_CAPACITY",
      "SAUCIER_PROVIDER_CONTROL_PORT",
      "SAUCIER_PROVIDER_DATA_DIR",
      "SAUCIER_PROVIDER_HTTP_HOST",
      "SAUCIER_PROVIDER_HTTP_PORT",
      "SAUCIER_PROVIDER_LOST_REPLY_RATE",
      "SAUCIER_PROVIDER_SEED",
      "SAUCIER_PROVIDER_WAITING",
      "SAUCIER_PROVIDER_WEBHOOK_SECRET",
      "SAUCIER_PROVIDER_WEBHOOK_URL",
      "SAUCIER_PORT",
      "SAUCIER_SERVICE_HOST",
      "SAUCIER_PORT_8088_TCP_ADDR",
      "PATH"
    ]
    assert.deepStrictEqual(SettingsMisspelt.among([...keys, ...others]), [])
  })
})

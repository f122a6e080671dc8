/** Wire contract of the stand-in's controls. They have an address of their own, which answers while the bank is down. */
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as Schema from "effect/Schema"
import { ProviderRefused } from "./PaymentProvider.ts"
import { Behaviour } from "./ProviderPresets.ts"

class Control extends HttpApiGroup.make("control")
  .add(HttpApiEndpoint.get("getPreset", "/preset").addSuccess(Behaviour))
  .add(HttpApiEndpoint.put("setPreset", "/preset").setPayload(Behaviour).addSuccess(Behaviour))
  .add(HttpApiEndpoint.get("livez", "/livez").addSuccess(Schema.Void, { status: 204 }))
  .add(HttpApiEndpoint.get("readyz", "/readyz").addSuccess(Schema.Void, { status: 204 }))
  .addError(ProviderRefused, { status: 503 })
{}

export const ProviderControlHttp = HttpApi.make("provider-control").add(Control)

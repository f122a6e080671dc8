/** HTTP contract of a browser's session: a key once, and a cookie from then on. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { Access } from "@saucier/kernel/Access"
import { Principal } from "@saucier/kernel/Principal"
import { Quiet } from "@saucier/runtime/Quiet"
import * as Schema from "effect/Schema"

/** No such key is in force. */
export class UnknownKey extends Schema.TaggedError<UnknownKey>()("UnknownKey", {}) {
  override get message() {
    return "This key is not known: ask for one, or look whether all of it was copied"
  }
}

/** `principal` is null while a key is wanted and none was shown. */
export const Session = Schema.Struct({ principal: Schema.NullOr(Principal) }).annotations({
  identifier: "Session"
})

export class SessionHttp extends HttpApiGroup.make("session")
  .add(HttpApiEndpoint.get("getSession", "/session").addSuccess(Session))
  .add(
    HttpApiEndpoint.post("openSession", "/session")
      .setPayload(Schema.Struct({ key: Schema.NonEmptyString.pipe(Schema.maxLength(500)) }))
      .addSuccess(Session)
      .addError(UnknownKey, { status: 401 })
  )
  .add(HttpApiEndpoint.del("closeSession", "/session").addSuccess(Schema.Void, { status: 204 }))
  .annotateEndpoints(Access, "public")
  .annotateEndpoints(Quiet, true)
{}

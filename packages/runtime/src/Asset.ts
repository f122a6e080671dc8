/** A file as it is served: compressed once, recognised by its content. */
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as EntityTag from "@saucier/kernel/EntityTag"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { gzip } from "node:zlib"

/** The same content in one of the content codings of HTTP. */
export interface Encoded {
  readonly coding: "br" | "gzip"
  readonly body: Uint8Array
}

export interface Asset {
  readonly body: Uint8Array
  /** The smallest first. */
  readonly encoded: ReadonlyArray<Encoded>
  readonly digest: string
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
}

const compressible = /^(text\/|image\/svg)|json|javascript|xml|manifest/

const compress = (body: Uint8Array) =>
  Effect.async<Uint8Array>((resume) => {
    gzip(body, { level: 9 }, (error, compressed) =>
      resume(error === null ? Effect.succeed(compressed) : Effect.die(error)))
  })

/** `encoded` is what was compressed beforehand; without any, it is done now. */
export const make = (
  body: Uint8Array,
  contentType: string,
  headers: Readonly<Record<string, string>>,
  encoded: ReadonlyArray<Encoded> = []
) =>
  Effect.gen(function*() {
    const smaller: ReadonlyArray<Encoded> = encoded.length > 0 || !compressible.test(contentType)
      ? encoded
      : [{ coding: "gzip", body: yield* compress(body) }]
    return {
      body,
      contentType,
      headers,
      digest: createHash("sha256").update(body).digest("base64url").slice(0, 22),
      encoded: smaller
        .filter(({ body: { byteLength } }) => byteLength < body.byteLength * 0.9)
        .toSorted((a, b) => a.body.byteLength - b.body.byteLength)
    } satisfies Asset
  })

const quality = String.raw`\s*(;\s*q=(0\.\d*[1-9]|1)[\d.]*)?\s*(,|$)`
const accepted = {
  br: new RegExp(String.raw`(^|[\s,])(br|\*)${quality}`, "i"),
  gzip: new RegExp(String.raw`(^|[\s,])(gzip|\*)${quality}`, "i")
}

export const respond = (asset: Asset) =>
  Effect.map(HttpServerRequest.HttpServerRequest, ({ headers }) => {
    const accept = headers["accept-encoding"] ?? ""
    const encoded = asset.encoded.find(({ coding }) => accepted[coding].test(accept))
    const etag = encoded === undefined ? `"${asset.digest}"` : `"${asset.digest}-${encoded.coding}"`
    const shared = { ...asset.headers, ...(asset.encoded.length === 0 ? {} : { vary: "Accept-Encoding" }) }
    if (EntityTag.isFresh(headers["if-none-match"], etag)) {
      return HttpServerResponse.empty({ status: 304, headers: { ...shared, etag } })
    }
    return HttpServerResponse.uint8Array(encoded?.body ?? asset.body, {
      contentType: asset.contentType,
      headers: { ...shared, etag, ...(encoded === undefined ? {} : { "content-encoding": encoded.coding }) }
    })
  })

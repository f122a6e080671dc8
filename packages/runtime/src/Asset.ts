/** A file as it is served: compressed once, recognised by its content. */
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as EntityTag from "@saucier/kernel/EntityTag"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { gzip } from "node:zlib"

export interface Asset {
  readonly body: Uint8Array
  readonly gzipped: Uint8Array | undefined
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

export const make = (body: Uint8Array, contentType: string, headers: Readonly<Record<string, string>>) =>
  Effect.gen(function*() {
    const compressed = compressible.test(contentType) ? yield* compress(body) : body
    return {
      body,
      contentType,
      headers,
      digest: createHash("sha256").update(body).digest("base64url").slice(0, 22),
      gzipped: compressed.byteLength < body.byteLength * 0.9 ? compressed : undefined
    } satisfies Asset
  })

const acceptsGzip = (header: string | undefined): boolean =>
  header !== undefined && /(^|[\s,])(gzip|\*)\s*(;\s*q=(0\.\d*[1-9]|1)[\d.]*)?\s*(,|$)/i.test(header)

export const respond = (asset: Asset) =>
  Effect.map(HttpServerRequest.HttpServerRequest, ({ headers }) => {
    const gzipped = acceptsGzip(headers["accept-encoding"]) ? asset.gzipped : undefined
    const etag = gzipped === undefined ? `"${asset.digest}"` : `"${asset.digest}-gzip"`
    const shared = { ...asset.headers, ...(asset.gzipped === undefined ? {} : { vary: "Accept-Encoding" }) }
    if (EntityTag.isFresh(headers["if-none-match"], etag)) {
      return HttpServerResponse.empty({ status: 304, headers: { ...shared, etag } })
    }
    return HttpServerResponse.uint8Array(gzipped ?? asset.body, {
      contentType: asset.contentType,
      headers: { ...shared, etag, ...(gzipped === undefined ? {} : { "content-encoding": "gzip" }) }
    })
  })

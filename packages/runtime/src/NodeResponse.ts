import * as Http from "node:http"
import { securityHeaders } from "./SecurityHeaders.ts"

type Headers = Readonly<Record<string, number | string | ReadonlyArray<string> | undefined>>

/**
 * Adds the headers that all answers share when the head is written, as the flat list that Node writes fastest:
 * to merge records of headers on each request costs several times more. What the route says itself wins.
 */
export class NodeResponse<Request extends Http.IncomingMessage = Http.IncomingMessage>
  extends Http.ServerResponse<Request>
{
  shared: Readonly<Record<string, string>> = securityHeaders
  traceId: string | undefined = undefined
  /** A connection is not kept for one who leaves. */
  last = false

  override writeHead(
    status: number,
    message?: string,
    headers?: Http.OutgoingHttpHeaders | Array<unknown>
  ): this
  override writeHead(status: number, headers?: Http.OutgoingHttpHeaders | Array<unknown>): this
  override writeHead(status: number, ...rest: ReadonlyArray<unknown>): this {
    const own: Headers = { ...Object(rest.at(-1)) }
    const flat: Array<string> = []
    for (const name in own) {
      const value = own[name]
      if (Array.isArray(value)) { for (const each of value) flat.push(name, String(each)) }
      else if (value !== undefined) flat.push(name, String(value))
    }
    for (const name in this.shared) if (own[name] === undefined) flat.push(name, this.shared[name] ?? "")
    if (this.traceId !== undefined && own["x-request-id"] === undefined) {
      flat.push("x-request-id", this.traceId)
    }
    if (this.last) flat.push("connection", "close")
    return super.writeHead(status, flat)
  }
}

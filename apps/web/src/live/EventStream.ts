/** Server-sent events out of text as it arrives in pieces (the part of the standard that our server uses). */

export interface StreamEvent {
  readonly id: string | null
  readonly event: string
  readonly data: string
}

/** A block of lines between two empty ones; null when it holds no data, as a heartbeat does. */
const parse = (block: string): StreamEvent | null => {
  let id: string | null = null
  let event = "message"
  const data: Array<string> = []
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":")
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "")
    if (name === "id") id = value
    else if (name === "event") event = value
    else if (name === "data") data.push(value)
  }
  return data.length === 0 ? null : { id, event, data: data.join("\n") }
}

/** Takes the next piece of text, gives the events that it completes. */
export const make = (): (piece: string) => ReadonlyArray<StreamEvent> => {
  let rest = ""
  return (piece) => {
    const blocks = (rest + piece).split("\n\n")
    rest = blocks.pop() ?? ""
    return blocks.map(parse).filter((event) => event !== null)
  }
}

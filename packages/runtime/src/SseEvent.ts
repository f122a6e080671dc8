export interface SseEvent {
  readonly id?: string
  readonly event?: string
  readonly data: string
}

/** One event on the wire. A line break in an id or a name would forge another field, so it is dropped. */
export const encode = ({ data, event, id }: SseEvent): string => {
  const line = (name: string, value: string | undefined) =>
    value === undefined ? "" : `${name}: ${value.replaceAll(/[\r\n\0]/g, "")}\n`
  return `${line("id", id)}${line("event", event)}${
    data.split(/\r\n|\r|\n/).map((part) => `data: ${part}\n`).join("")
  }\n`
}

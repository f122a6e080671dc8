/** A trace as a sequence diagram in Mermaid's language, for a reader who wants to see who told whom what. */
import type { Note } from "./Trace.ts"

/** Mermaid ends a statement at `;` and reads `#` as the beginning of a character's code. */
const plain = (text: string) => text.replace(/[;#]/g, " ").replace(/\s+/g, " ").trim()

const seconds = (millis: number) => `${(millis / 1000).toFixed(3)} s`

const hostOf = (process: string) => process.split("#")[0] ?? process

export const mermaid = (title: string, notes: ReadonlyArray<Note>): string => {
  const parties = [...new Set(notes.flatMap(({ from, to = from }) => [hostOf(from), hostOf(to)]))]
  const names = new Map(parties.map((party, index) => [party, `p${index}`]))
  const nameOf = (process: string) => names.get(hostOf(process)) ?? "p0"
  const line = ({ at, from, text, to }: Note) => {
    const said = `${seconds(at)} ${plain(text)}`
    return to === undefined
      ? `  Note over ${nameOf(from)}: ${said}`
      : `  ${nameOf(from)}->>${nameOf(to)}: ${said}`
  }
  return [
    "sequenceDiagram",
    `  title ${plain(title)}`,
    ...parties.map((party) => `  participant ${nameOf(party)} as ${party}`),
    ...notes.map(line),
    ""
  ].join("\n")
}

/** What happened in a world, and the hash that two runs of one seed must share. */

/** `to` is set when something went from one party to another. `at` is in milliseconds since the world's beginning. */
export interface Note {
  readonly at: number
  readonly from: string
  readonly to?: string
  readonly text: string
}

export interface Trace {
  readonly note: (note: Note) => void
  /** A step that is not worth a line. */
  readonly mix: (number: number) => void
  readonly notes: () => ReadonlyArray<Note>
  readonly hash: () => string
}

export const make = (): Trace => {
  const notes: Array<Note> = []
  let hash = 2166136261
  const mix = (number: number) => {
    hash = Math.imul(hash ^ (number | 0), 16777619) >>> 0
  }
  const mixText = (text: string) => {
    for (let index = 0; index < text.length; index++) mix(text.charCodeAt(index))
  }
  return {
    mix,
    note: (note) => {
      mix(note.at)
      mixText(note.from)
      mixText(note.to ?? "")
      mixText(note.text)
      notes.push(note)
    },
    notes: () => notes,
    hash: () => hash.toString(16).padStart(8, "0")
  }
}

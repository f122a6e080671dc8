/** Bytes from file to file, told of as they go; and what they amount to. */
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { open } from "node:fs/promises"

const piece = 1 << 20

const each = async (file: string, take: (bytes: Uint8Array) => Promise<void> | void) => {
  const source = await open(file, "r")
  try {
    const buffer = Buffer.alloc(piece)
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, piece)
      if (bytesRead === 0) return
      await take(buffer.subarray(0, bytesRead))
    }
  } finally {
    await source.close()
  }
}

/** Succeeds once the copy, which must not exist, is on the disk. */
export const make = (from: string, to: string, moved: (bytes: number) => void) =>
  Effect.tryPromise(async () => {
    const target = await open(to, "wx", 0o600)
    try {
      await each(from, async (bytes) => {
        await target.writeFile(bytes)
        moved(bytes.length)
      })
      await target.sync()
    } finally {
      await target.close()
    }
  })

export const sha256 = (file: string, moved: (bytes: number) => void) =>
  Effect.tryPromise(async () => {
    const hash = createHash("sha256")
    await each(file, (bytes) => {
      hash.update(bytes)
      moved(bytes.length)
    })
    return hash.digest("hex")
  })

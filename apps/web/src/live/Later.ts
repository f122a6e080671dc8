/**
 * Does something once for all who ask within a while. It never runs twice at a time, and asking again neither puts it
 * off nor cuts it short: whoever asks while it runs has it done once more afterwards.
 */
export interface Later {
  readonly ask: () => void
  /** Nothing begins from now on. */
  readonly stop: () => void
}

/** It begins `gather` after it was asked for, and no sooner than `spacing` after it last began; in milliseconds. */
export const make = (
  act: () => Promise<void>,
  { gather = 0, spacing = 0 }: { readonly gather?: number; readonly spacing?: number }
): Later => {
  let began = -Infinity
  let timer: ReturnType<typeof setTimeout> | null = null
  let running = false
  let again = false
  let stopped = false

  const run = async () => {
    timer = null
    running = true
    began = performance.now()
    try {
      await act()
    } finally {
      running = false
      if (again) {
        again = false
        ask()
      }
    }
  }
  const ask = () => {
    if (stopped) return
    if (running) again = true
    else timer ??= setTimeout(() => void run(), Math.max(gather, began + spacing - performance.now()))
  }
  const stop = () => {
    stopped = true
    if (timer !== null) clearTimeout(timer)
  }
  return { ask, stop }
}

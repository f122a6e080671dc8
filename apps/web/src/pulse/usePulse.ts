/** The system's pulse, asked for once a second while somebody looks who may (`wanted`). */
import { useEffect, useState } from "react"
import * as Pulses from "../api/Pulses.ts"
import * as Window from "./Window.ts"

const spacing = 1_000

export const usePulse = (wanted: boolean): Window.Window => {
  const [window, setWindow] = useState(Window.empty)
  useEffect(() => {
    if (!wanted) return
    const stopped = new AbortController()
    let known = Window.empty
    let timer = setTimeout(() => {})
    const ask = async () => {
      if (!document.hidden) {
        // What could not be read now is read the next time, with all since then.
        const pulse = await Pulses.after(Window.askAfter(known), stopped.signal).catch(() => null)
        if (stopped.signal.aborted) return
        if (pulse !== null) {
          known = Window.add(known, pulse)
          setWindow(known)
        }
      }
      timer = setTimeout(() => void ask(), spacing)
    }
    void ask()
    return () => {
      stopped.abort()
      clearTimeout(timer)
    }
  }, [wanted])
  return window
}

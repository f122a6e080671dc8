/** Does something again and again while somebody looks: not in a hidden tab. */
import { useEffect } from "react"

/** `spacing` is the pause between the end of one and the beginning of the next, in milliseconds. */
export const useRepeated = (act: () => Promise<void>, spacing: number): void => {
  useEffect(() => {
    let stopped = false
    let timer = setTimeout(() => {})
    const again = () => {
      timer = setTimeout(async () => {
        if (!document.hidden) await act()
        if (!stopped) again()
      }, spacing)
    }
    again()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [act, spacing])
}

/** Light or dark: the reader's choice, else what the machine is set to. */
import { useSyncExternalStore } from "react"
import * as Remembered from "./Remembered.ts"
import * as Value from "./Value.ts"

export const themes = ["auto", "light", "dark"] as const
export type Theme = (typeof themes)[number]

const remembered = Remembered.get("theme")
const chosen = Value.make<Theme>(themes.find((theme) => theme === remembered) ?? "auto")

const paint = () => {
  document.documentElement.dataset["theme"] = chosen.get()
}

export const start = (): void => {
  paint()
  chosen.watch(paint)
}

export const choose = (next: Theme): void => {
  Remembered.set("theme", next === "auto" ? null : next)
  chosen.set(next)
}

export const useTheme = (): Theme => Value.useValue(chosen)

const dark = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)")

/** What is on the screen now, for what draws its own colours. */
export const useScheme = (): "light" | "dark" => {
  const theme = useTheme()
  const machine = useSyncExternalStore(
    (listener) => {
      const query = dark()
      query.addEventListener("change", listener)
      return () => query.removeEventListener("change", listener)
    },
    () => dark().matches
  )
  if (theme !== "auto") return theme
  return machine ? "dark" : "light"
}

/** What this browser remembers of its reader's choices; where it may not, the choice lasts until the page is left. */

type Store = "localStorage" | "sessionStorage"

export const get = (key: string, store: Store = "localStorage"): string | null => {
  try {
    return window[store].getItem(`saucier.${key}`)
  } catch {
    return null
  }
}

/** Null forgets. */
export const set = (key: string, value: string | null, store: Store = "localStorage"): void => {
  try {
    if (value === null) window[store].removeItem(`saucier.${key}`)
    else window[store].setItem(`saucier.${key}`, value)
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

export const byId = (id) => document.getElementById(id)

/** An element; children are nodes or text, never markup, so nothing that a server says is parsed as HTML. */
export const el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

/** Runs at most once in each span of time, the last call always included. */
export const throttle = (millis, run) => {
  let timer = null
  let last = -Infinity
  return () => {
    if (timer !== null) return
    timer = setTimeout(() => {
      timer = null
      last = performance.now()
      run()
    }, Math.max(0, last + millis - performance.now()))
  }
}

export const stored = {
  get: (storage, key) => {
    try {
      return globalThis[storage].getItem(key)
    } catch {
      return null
    }
  },
  /** `null` removes. A browser that stores nothing loses comfort, not function. */
  set: (storage, key, value) => {
    try {
      if (value === null) globalThis[storage].removeItem(key)
      else globalThis[storage].setItem(key, value)
    } catch {
      return
    }
  }
}

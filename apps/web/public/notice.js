/** What the page tells people: results that show for a while, problems in words, and changes for screen readers. */
import { byId, el } from "./dom.js"
import { texts } from "./i18n.js"

/** A problem in the reader's language where we know it, else in the server's words. */
export const problemParts = ({ code, detail, errors, retryAfter, title, traceId }) => {
  const known = texts().problems[code]
  const own = errors.length > 0 ? errors.map(({ message }) => message).join("; ") : detail
  const words = own === "" || own === title ? null : el("span", { lang: "en" }, ` ${own}`)
  const trace = known !== undefined || traceId === ""
    ? null
    : el("small", { class: "trace" }, ` ${texts().problems.trace} ${traceId}`)
  return [
    known ?? title,
    known === undefined ? words : null,
    retryAfter === null ? null : ` ${texts().problems.retryIn(retryAfter)}`,
    trace
  ].filter((part) => part !== null)
}

let hideTimer = 0

export const notify = (...parts) => {
  clearTimeout(hideTimer)
  byId("notice-text").replaceChildren(...parts)
  byId("notice").hidden = false
  hideTimer = setTimeout(hide, 12_000)
}

const hide = () => {
  byId("notice").hidden = true
}

let said = 0

/** Speaks politely, and not more than a listener can follow. */
export const announce = (text) => {
  const now = Date.now()
  if (now - said < 5_000) return false
  said = now
  byId("announce").textContent = text
  return true
}

export const start = () => byId("notice-close").addEventListener("click", hide)

/** The language that the reader chose, else the browser's. */
import { stored } from "./dom.js"
import { en } from "./en.js"
import { ko } from "./ko.js"

const dictionaries = { en, ko }

const wished = () =>
  [stored.get("localStorage", "language"), ...navigator.languages]
    .map((tag) => tag?.slice(0, 2).toLowerCase())
    .find((tag) => tag in dictionaries) ?? "en"

let current = wished()
const listeners = []

export const language = () => current
export const texts = () => dictionaries[current]
export const onLanguage = (listener) => listeners.push(listener)

/** What a status is called; one that this page does not know yet is shown as it is. */
export const nameOf = (kind, status) => (status === null ? "–" : texts()[kind][status] ?? status)

const lookup = (path) => path.split(".").reduce((found, key) => found[key], texts())

const attributes = { label: "aria-label", placeholder: "placeholder", title: "title" }

const translatePage = () => {
  document.documentElement.lang = current
  document.title = texts().title
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = lookup(element.dataset.t)
  for (const [name, attribute] of Object.entries(attributes)) {
    for (const element of document.querySelectorAll(`[data-t-${name}]`)) {
      element.setAttribute(attribute, lookup(element.getAttribute(`data-t-${name}`)))
    }
  }
}

export const useLanguage = (chosen) => {
  current = chosen
  stored.set("localStorage", "language", chosen)
  translatePage()
  for (const listener of listeners) listener()
}

export const start = () => translatePage()

const memo = (make) => {
  const made = new Map()
  return () => made.get(current) ?? made.set(current, make(current)).get(current)
}

const moneyFormat = memo((tag) => new Intl.NumberFormat(tag, { style: "currency", currency: "KRW" }))
const numberFormat = memo((tag) => new Intl.NumberFormat(tag))
const clockFormat = memo((tag) => new Intl.DateTimeFormat(tag, { timeStyle: "medium", hourCycle: "h23" }))
const dateFormat = memo((tag) =>
  new Intl.DateTimeFormat(tag, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  })
)
const fullFormat = memo((tag) => new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "long" }))

const known = (format) => (value) => (value === null ? "–" : format().format(value))

export const money = known(moneyFormat)
export const number = known(numberFormat)
export const clock = (at) => clockFormat().format(at)
export const fullTime = (at) => fullFormat().format(new Date(at))

/** The time of today, the date before. */
export const shortTime = (at) => {
  const date = new Date(at)
  const today = date.toDateString() === new Date().toDateString()
  return (today ? clockFormat() : dateFormat()).format(date)
}

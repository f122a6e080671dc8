/** Numbers, money and time as the reader's language writes them. Money is in minor units of KRW, which has no decimals. */
import { type Language, useLanguage } from "./Language.ts"

const make = (tag: Language) => {
  const money = new Intl.NumberFormat(tag, { style: "currency", currency: "KRW" })
  const number = new Intl.NumberFormat(tag)
  const rate = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 0 })
  const clock = new Intl.DateTimeFormat(tag, { timeStyle: "medium", hourCycle: "h23" })
  const minute = new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
  const day = new Intl.DateTimeFormat(tag, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  })
  const full = new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "long" })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "always", style: "short" })
  const lasting = (unit: "second" | "minute" | "hour" | "day") => {
    const format = new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "short" })
    return (value: number) => format.format(value)
  }
  const [seconds, minutes, hours, days] = [
    lasting("second"),
    lasting("minute"),
    lasting("hour"),
    lasting("day")
  ]
  const known = (format: (value: number) => string) => (value: number | null): string =>
    value === null ? "–" : format(value)
  return {
    money: known((value) => money.format(value)),
    number: known((value) => number.format(value)),
    /** With one decimal. */
    rate: known((value) => rate.format(value)),
    /** Of a share from 0 to 1. */
    percent: (share: number) => percent.format(share),
    clock: (at: Date) => clock.format(at),
    minute: (at: Date) => minute.format(at),
    full: (at: Date) => full.format(at),
    /** The time of today, the date before. */
    short: (at: Date) => (at.toDateString() === new Date().toDateString() ? clock : day).format(at),
    /** Milliseconds, in the unit that fits: 38 ms, 4.1 s. */
    took: (millis: number) =>
      millis < 1_000
        ? `${number.format(Math.round(millis))} ms`
        : `${rate.format(millis / 1_000)} s`,
    /** For how long, in the largest unit that fits. */
    lasting: (millis: number) => {
      const whole = Math.max(0, Math.round(millis / 1_000))
      if (whole < 60) return seconds(whole)
      if (whole < 3_600) return minutes(Math.floor(whole / 60))
      if (whole < 86_400) return hours(Math.floor(whole / 3_600))
      return days(Math.floor(whole / 86_400))
    },
    /** How long ago, in the largest unit that fits. */
    ago: (millis: number) => {
      const seconds = Math.round(millis / 1_000)
      if (seconds < 60) return relative.format(-seconds, "second")
      if (seconds < 3_600) return relative.format(-Math.floor(seconds / 60), "minute")
      if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3_600), "hour")
      return relative.format(-Math.floor(seconds / 86_400), "day")
    }
  }
}
export type Format = ReturnType<typeof make>

const formats = { en: make("en"), ko: make("ko") }

export const useFormat = (): Format => formats[useLanguage()]

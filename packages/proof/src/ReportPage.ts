/** The report as one page that needs nothing beside it, in both languages; a press changes the language. */
import type { Trace } from "@saucier/runtime/Trace"
import { claimsEn } from "./ClaimTextsEn.ts"
import { claimsKo } from "./ClaimTextsKo.ts"
import type { Check, Finding } from "./Finding.ts"
import { measuresKo } from "./MeasuresKo.ts"
import * as ReportChart from "./ReportChart.ts"
import type { Report, Row } from "./ReportRun.ts"
import { reportStyle } from "./ReportStyle.ts"
import { reportTexts as texts } from "./ReportTexts.ts"

export interface About {
  readonly language: "en" | "ko"
  /** When it was made, as people read it. */
  readonly at: string
  /** What it was made on: version, processor, system. */
  readonly machine: string
}

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(`"`, "&quot;")

const said = ({ en, ko }: { readonly en: string; readonly ko: string }) =>
  en === ko ? escape(en) : `<span lang="en">${escape(en)}</span><span lang="ko">${escape(ko)}</span>`

const measure = (name: Check["measure"]) => said({ en: name, ko: measuresKo[name] })

const number = (value: number | string) =>
  typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 3 }) : escape(value)

const checkOf = ({ holds, measure: name, unit, value, wanted }: Check) =>
  `<tr class="${holds ? "" : "bad"}"><td>${measure(name)}</td><td class="number">${number(value)}${
    unit === "" ? "" : ` ${unit}`
  }</td><td>${wanted === "" ? "" : `${escape(wanted)} ${holds ? "✓" : "✗"}`}</td></tr>`

const spanOf = (start: number, whole: number) => (span: Trace["spans"][number]) => {
  const from = ((span.startedAt - start) / whole) * 100
  const width = Math.max(0.4, (span.duration / whole) * 100)
  return `<div class="span${span.error === null ? "" : " failed"}"><span>${escape(span.name)}</span><span>${
    escape(span.service)
  }</span><span class="lane"><i style="left:${from.toFixed(2)}%;width:${
    Math.min(width, 100 - from).toFixed(2)
  }%"></i></span><span class="number">${span.duration.toFixed(1)} ms</span></div>`
}

const traceOf = ({ spans, traceId }: Trace) => {
  const sorted = [...spans].sort((a, b) => a.startedAt - b.startedAt)
  const start = sorted[0]?.startedAt ?? 0
  const whole = Math.max(1, ...sorted.map(({ duration, startedAt }) => startedAt + duration - start))
  return `<details><summary>${said(texts.trace)} ${traceId} · ${spans.length}</summary>${
    sorted.map(spanOf(start, whole)).join("")
  }</details>`
}

const legend = ({ series }: NonNullable<Finding["chart"]>) =>
  series.map(({ measure: name }, index) => `<span class="key series${index}">● ${measure(name)}</span>`).join(
    " "
  )

const bodyOf = ({ detail, finding, outcome }: Row) => {
  if (outcome === "not run") return `<p>${said(texts.elsewhere)} <code>${escape(detail)}</code></p>`
  const { chart, checks, trace } = finding
  const table = checks.length === 0
    ? ""
    : `<table><thead><tr><th>${said(texts.figure)}</th><th class="number">${said(texts.found)}</th><th>${
      said(texts.wanted)
    }</th></tr></thead>${checks.map(checkOf).join("")}</table>`
  return [
    detail === "" ? "" : `<pre>${escape(detail)}</pre>`,
    table,
    chart === undefined
      ? ""
      : `<figure>${ReportChart.svg(chart)}<figcaption>${legend(chart)}</figcaption></figure>`,
    trace === undefined ? "" : traceOf(trace)
  ].join("")
}

const marks = { holds: "✓", broken: "✗", "not run": "–" }
const classes = { holds: "holds", broken: "broken", "not run": "skipped" }

const rowOf = (row: Row) =>
  `<details class="row ${classes[row.outcome]}"${row.outcome === "broken" ? " open" : ""}><summary><b>${
    marks[row.outcome]
  }</b><span class="id">${row.id}</span><span>${
    said({ en: claimsEn[row.id], ko: claimsKo[row.id] })
  }</span><span class="number">${
    row.outcome === "not run" ? "" : `${row.seconds.toFixed(1)} s`
  }</span></summary>${bodyOf(row)}</details>`

export const html = ({ quick, rows, seconds }: Report, { at, language, machine }: About): string => {
  const count = (outcome: Row["outcome"]) => rows.filter((row) => row.outcome === outcome).length
  const tiles = (["holds", "broken", "not run"] as const).map((outcome) =>
    `<div class="tile ${classes[outcome]}"><b>${count(outcome)}</b>${said(texts[outcome])}</div>`
  )
  const radio = (name: "en" | "ko", label: string) =>
    `<label><input type="radio" name="language" id="${name}"${
      name === language ? " checked" : ""
    }>${label}</label>`
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${texts.title[language]}</title><style>${reportStyle}</style></head><body>
<header><h1>${said(texts.title)}</h1><nav>${radio("en", "English")}${radio("ko", "한국어")}</nav></header>
<p>${said(texts.about)}</p>
<p class="dim">${said(texts[quick ? "quick" : "whole"])} · ${seconds.toFixed(0)} s · ${escape(at)} · ${
    escape(machine)
  }</p>
<div class="tiles">${tiles.join("")}</div>
<main>${rows.map(rowOf).join("\n")}</main>
</body></html>
`
}

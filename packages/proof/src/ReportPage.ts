/** The report as one page that needs nothing beside it, in both languages; a press changes the language. */
import { type ClaimId, claimsEn } from "./ClaimTextsEn.ts"
import { claimsKo } from "./ClaimTextsKo.ts"
import { elsewhere } from "./Elsewhere.ts"
import type { Check, Finding } from "./Finding.ts"
import * as ReportChart from "./ReportChart.ts"
import { escape, measure, number, said } from "./ReportHtml.ts"
import type { Report, Row } from "./ReportRun.ts"
import { reportStyle } from "./ReportStyle.ts"
import { reportTexts as texts } from "./ReportTexts.ts"
import * as ReportTrace from "./ReportTrace.ts"

export interface About {
  readonly language: "en" | "ko"
  /** When it was made, as people read it. */
  readonly at: string
  /** What it was made on: version, processor, system. */
  readonly machine: string
}

const marks = { holds: "✓", broken: "✗", "not run": "–" }
const classes = { holds: "holds", broken: "broken", "not run": "skipped" }

const figure = ({ unit, value }: Check) => `${number(value)}${unit === "" ? "" : ` ${escape(unit)}`}`

const checkOf = (check: Check) =>
  `<tr class="${check.holds ? "" : "bad"}"><td>${measure(check.measure)}</td><td class="number">${
    figure(check)
  }</td><td>${check.wanted === "" ? "" : `${escape(check.wanted)} ${check.holds ? "✓" : "✗"}`}</td></tr>`

const chartOf = (chart: NonNullable<Finding["chart"]>) => {
  const keys = chart.series.map(({ measure: name, points }, index) =>
    `<span class="key series${index}">● ${measure(name)} (${points.length})</span>`
  )
  return `<figure>${ReportChart.svg(chart)}<figcaption>${keys.join(" ")}</figcaption></figure>`
}

const bodyOf = ({ detail, finding, id, outcome }: Row) => {
  if (outcome === "not run") {
    const why = elsewhere[id]?.why ?? texts.longer
    return `<p>${said(texts.elsewhere)} ${said(why)}</p><p>${said(texts.shownBy)} <code>${
      escape(detail)
    }</code></p>`
  }
  const { chart, checks, trace } = finding
  const table = checks.length === 0
    ? ""
    : `<table><thead><tr><th>${said(texts.figure)}</th><th class="number">${said(texts.found)}</th><th>${
      said(texts.wanted)
    }</th></tr></thead>${checks.map(checkOf).join("")}</table>`
  return [
    detail === "" ? "" : `<pre>${escape(detail)}</pre>`,
    table,
    chart === undefined ? "" : chartOf(chart),
    trace === undefined ? "" : ReportTrace.html(trace)
  ].join("")
}

/** Of a row that is closed: what broke it, else the first figure of which something was wanted. */
const headline = ({ finding: { checks } }: Row) => {
  const check = checks.find(({ holds }) => !holds) ??
    checks.find(({ unit, wanted }) => wanted !== "" && unit !== "") ??
    checks.find(({ wanted }) => wanted !== "")
  return check === undefined
    ? ""
    : `<span class="headline${check.holds ? "" : " bad"}">${measure(check.measure)} <b>${figure(check)}</b> ${
      escape(check.wanted)
    }</span>`
}

/** A link into what is folded opens it, without a script: the place is inside. */
const placeOf = (id: ClaimId) => `row-${id}`

const rowOf = (row: Row) =>
  `<details class="row ${classes[row.outcome]}"${row.outcome === "broken" ? " open" : ""}><summary><b>${
    marks[row.outcome]
  }</b><span class="id">${row.id}</span><span class="claim">${
    said({ en: claimsEn[row.id], ko: claimsKo[row.id] })
  }${headline(row)}</span><span class="number dim">${
    row.outcome === "not run" ? "" : `${row.seconds.toFixed(1)} s`
  }</span></summary><div class="body" id="${placeOf(row.id)}">${bodyOf(row)}</div></details>`

const cellOf = ({ id, outcome }: Row) =>
  `<a class="${classes[outcome]}" href="#${placeOf(id)}" title="${escape(claimsEn[id])}">${id} ${
    marks[outcome]
  }</a>`

/** In the order of the claims: the seed's sections, its faults, what goes beyond, and the evidence of it all. */
const parts = [
  { title: texts.seed, has: (id: ClaimId) => /^\d/.test(id) },
  { title: texts.faults, has: (id: ClaimId) => id.startsWith("B") },
  { title: texts.beyond, has: (id: ClaimId) => id.startsWith("C") },
  { title: texts.evidence, has: (id: ClaimId) => id === "P" || id === "K" }
]

export const html = ({ quick, rows, seconds }: Report, { at, language, machine }: About): string => {
  const count = (outcome: Row["outcome"]) => rows.filter((row) => row.outcome === outcome).length
  const [holds, broken, skipped] = [count("holds"), count("broken"), count("not run")]
  const answer = broken === 0 ? texts.allHold(holds) : texts.someBroken(broken, holds + broken)
  const radio = (name: "en" | "ko", label: string) =>
    `<label><input type="radio" name="language" id="${name}"${
      name === language ? " checked" : ""
    }>${label}</label>`
  const part = ({ has, title }: (typeof parts)[number]) => {
    const ours = rows.filter(({ id }) => has(id))
    return `<h2>${said(title)}</h2>${ours.map(rowOf).join("\n")}`
  }
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${texts.title[language]}</title><style>${reportStyle}</style></head><body>
<header><p class="dim">${said(texts.title)}</p><nav>${radio("en", "English")}${
    radio("ko", "한국어")
  }</nav></header>
<h1 class="${broken === 0 ? "holds" : "broken"}"><b>${broken === 0 ? marks.holds : marks.broken}</b> ${
    said(answer)
  }</h1>
<p>${skipped === 0 ? "" : `${said(texts.skipped(skipped))} `}${said(texts.about)}</p>
<p class="dim">${said(texts[quick ? "quick" : "whole"])} · ${seconds.toFixed(0)} s · ${escape(at)} · ${
    escape(machine)
  }</p>
<nav class="cells">${rows.map(cellOf).join("")}</nav>
<main>${parts.map(part).join("\n")}</main>
</body></html>
`
}

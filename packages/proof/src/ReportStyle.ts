/** How the page looks, in light and in dark. */
export const reportStyle = `
:root{color-scheme:light dark;--ink:light-dark(#1d2126,#e6e8eb);--dim:light-dark(#5c6670,#9aa4ae);--paper:light-dark(#fff,#14171a);--line:light-dark(#dfe3e7,#2c3238);--good:light-dark(#1a7f4b,#4fc98a);--bad:light-dark(#b3261e,#ff8a80);--one:light-dark(#2563c9,#7fb0ff);--two:light-dark(#c2571a,#ffb27a)}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:56rem;margin:2rem auto;padding:0 1rem}
body:has(#en:checked) [lang=ko],body:has(#ko:checked) [lang=en]{display:none}
header{display:flex;justify-content:space-between;align-items:baseline;flex-wrap:wrap;gap:1rem}h1{margin:0;font-size:1.7rem}label{margin-left:.8rem}
.dim{color:var(--dim)}.tiles{display:flex;gap:1rem;margin:1.2rem 0}.tile{flex:1;border:1px solid var(--line);border-radius:.5rem;padding:.6rem 1rem}.tile b{display:block;font-size:1.8rem}
.holds b{color:var(--good)}.broken b{color:var(--bad)}.skipped>b,.skipped>summary{color:var(--dim)}
.row{border-top:1px solid var(--line);padding:.45rem 0}.row>summary{display:grid;grid-template-columns:1.2rem 2.8rem 1fr auto;gap:.4rem;cursor:pointer;list-style:none}
.id{font-family:ui-monospace,monospace;color:var(--dim)}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.row>:not(summary){margin:.6rem 0 .6rem 4.4rem}table{border-collapse:collapse;min-width:60%}th{font-weight:500;color:var(--dim);text-align:left}th.number{text-align:right}td,th{padding:.15rem .8rem .15rem 0;border-bottom:1px solid var(--line)}.bad{color:var(--bad);font-weight:600}
pre{white-space:pre-wrap;overflow-wrap:anywhere;color:var(--bad)}figure{margin:0}svg{width:100%;font-size:11px;fill:var(--dim)}.grid{stroke:var(--line)}.limit{stroke:var(--bad);stroke-dasharray:4 3}.series0{fill:var(--one);color:var(--one)}.series1{fill:var(--two);color:var(--two)}
.span{display:grid;grid-template-columns:16rem 5rem 1fr 5rem;gap:.5rem;font-size:12px}.span>:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.lane{position:relative;background:color-mix(in srgb,var(--line) 50%,transparent)}.lane i{position:absolute;top:3px;bottom:3px;background:var(--one);border-radius:2px}.failed .lane i{background:var(--bad)}
@media(max-width:40rem){.row>:not(summary){margin-left:0}.span{grid-template-columns:8rem 1fr 4rem}.span>:nth-child(2){display:none}}
`

/** How the page looks, in light and in dark. */
export const reportStyle = `
:root{color-scheme:light dark;--ink:light-dark(#1d2126,#e6e8eb);--dim:light-dark(#5c6670,#9aa4ae);--paper:light-dark(#fff,#14171a);--line:light-dark(#dfe3e7,#2c3238);--good:light-dark(#1a7f4b,#4fc98a);--bad:light-dark(#b3261e,#ff8a80);--one:light-dark(#2563c9,#7fb0ff);--two:light-dark(#c2571a,#ffb27a)}
*{box-sizing:border-box}body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:1.5rem auto;padding:0 1rem}
body:has(#en:checked) [lang=ko],body:has(#ko:checked) [lang=en]{display:none}
header{display:flex;justify-content:space-between;align-items:baseline}header p{margin:0}label{margin-left:.8rem}
h1{margin:.6rem 0;font-size:clamp(1.5rem,5vw,2.3rem);line-height:1.2;text-wrap:balance}h2{font-size:1.05rem;margin:2rem 0 .5rem}
.dim{color:var(--dim)}.holds>b,.holds>summary>b{color:var(--good)}.broken>b,.broken>summary>b{color:var(--bad)}.skipped>summary{color:var(--dim)}
.cells{display:flex;flex-wrap:wrap;gap:.3rem;margin:1.2rem 0}.cells a{padding:.1rem .5rem;border:1px solid;border-radius:.3rem;font:13px/1.6 ui-monospace,monospace;text-decoration:none;white-space:nowrap}
.cells .holds{color:var(--good);background:color-mix(in srgb,var(--good) 10%,transparent)}.cells .broken{color:var(--paper);background:var(--bad)}.cells .skipped{color:var(--dim);border-style:dashed}
.row{border-top:1px solid var(--line)}.row>summary{display:grid;grid-template-columns:1.2rem 2.8rem 1fr auto;gap:.4rem;padding:.45rem 0;cursor:pointer;list-style:none}.row>summary::-webkit-details-marker{display:none}.row>summary:hover{background:color-mix(in srgb,var(--line) 40%,transparent)}
.row[open]>summary .headline{display:none}.headline{display:block;font-size:13px;color:var(--dim)}.headline b{color:var(--ink);font-weight:600}
.id{font-family:ui-monospace,monospace;color:var(--dim)}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.body{margin:.3rem 0 1.4rem 4.4rem;scroll-margin-top:5rem}table{border-collapse:collapse;min-width:60%}th{font-weight:500;color:var(--dim);text-align:left}th.number{text-align:right}td,th{padding:.15rem .8rem .15rem 0;border-bottom:1px solid var(--line)}.bad,.headline.bad b{color:var(--bad);font-weight:600}
pre{white-space:pre-wrap;overflow-wrap:anywhere;color:var(--bad)}figure{margin:1rem 0}figcaption{font-size:13px}svg{width:100%;font-size:11px;fill:var(--dim);overflow:visible}.grid{stroke:var(--line)}.limit{stroke:var(--bad);stroke-dasharray:4 3}.promised{fill:var(--bad)}.series0{fill:var(--one);color:var(--one)}.series1{fill:var(--two);color:var(--two)}.steps{fill:none;stroke:currentColor;stroke-width:2}
.trace{margin:.8rem 0}.trace>summary{cursor:pointer;overflow-wrap:anywhere}.span{display:grid;grid-template-columns:19rem 5rem 1fr 5rem;gap:.5rem;font-size:12px}.span>:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.span>:nth-child(2){color:var(--dim)}.lane{position:relative;background:color-mix(in srgb,var(--line) 50%,transparent)}.lane i{position:absolute;top:3px;bottom:3px;background:var(--one);border-radius:2px}.failed>:first-child{color:var(--bad)}.failed .lane i{background:var(--bad)}
@media(max-width:40rem){.row>summary{grid-template-columns:1rem 2.6rem 1fr}.row>summary>:last-child{display:none}.body{margin-left:0}table{min-width:100%}.span{grid-template-columns:10rem 1fr 4.2rem}.span>:nth-child(2){display:none}}
`

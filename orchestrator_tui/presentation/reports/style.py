"""The look of an HTML report, in light, in dark and on paper."""

from typing import Final

STYLE: Final = """\
:root {
  --ground: #fbfbf9; --panel: #ffffff; --line: #e3e3dd; --text: #20242b; --muted: #6b7280;
  --accent: #2f6fdb; --good: #1d7f4f; --warn: #a15c00; --alarm: #c0263a; --track: #e8e8e2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --panel: #1b1f26; --line: #2d333d; --text: #e4e7ec; --muted: #929aa8;
    --accent: #79a8ff; --good: #5fcf95; --warn: #f0b35c; --alarm: #ff7d8a; --track: #2d333d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main { max-width: 80rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
main + main { border-top: 1px solid var(--line); }
header h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere; }
header p { margin: .3rem 0 0; color: var(--muted); }
.summary { font-size: 1.05rem; max-width: 46rem; overflow-wrap: anywhere; }
.figures { display: flex; flex-wrap: wrap; gap: .75rem; }
.figures div {
  flex: 1 1 18rem;
  padding: .8rem 1rem; background: var(--panel);
  border: 1px solid var(--line); border-radius: .5rem;
}
dt { color: var(--muted); font-size: .8rem; }
dd { margin: .15rem 0 0; font-weight: 600; }
section { margin-top: 2.2rem; }
h2 { margin: 0 0 .6rem; font-size: 1.1rem; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.2rem; }
li { margin: .2rem 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem .7rem .45rem 0; text-align: left; vertical-align: top; }
th { color: var(--muted); font-size: .8rem; font-weight: 500; }
tr + tr td, tbody tr:first-child td { border-top: 1px solid var(--line); }
td { overflow-wrap: anywhere; }
.number { text-align: right; }
.whole { white-space: nowrap; }
.bar {
  display: inline-block; width: 5rem; height: .5rem; margin-right: .3rem;
  background: var(--track); border-radius: .25rem; overflow: hidden; vertical-align: baseline;
}
.bar i { display: block; height: 100%; background: var(--accent); }
.strong { font-weight: 600; }
.muted { color: var(--muted); }
.accent { color: var(--accent); }
.good { color: var(--good); }
.warn { color: var(--warn); }
.alarm { color: var(--alarm); font-weight: 600; }
@media print {
  :root {
    --ground: #fff; --panel: #fff; --line: #bbb; --text: #000; --muted: #444;
    --accent: #000; --good: #000; --warn: #000; --alarm: #000; --track: #ddd;
  }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; break-after: page; }
  main:last-child { break-after: auto; }
  .bar, .bar i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr, .figures div { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""

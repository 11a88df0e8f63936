/** The style sheet of reports; the chart inks are variables, so that drawings follow light and dark. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--page:#f5f4f0;--surface:#fff;--ink:#1d2126;--muted:#68707a;--grid:#e4e3de;
--one:#c2452d;--two:#2a7f86;--three:#d99a26;--four:#4d5fb3;--five:#7a8c3a;--badge:#fbe9c8;--badge-ink:#6b4800}
@media (prefers-color-scheme:dark){:root{--page:#14171a;--surface:#1d2125;--ink:#e9e7e1;--muted:#9aa2ab;--grid:#343a40;
--one:#e8775c;--two:#55b3ba;--three:#e6b450;--four:#8f9ee8;--five:#a9bd62;--badge:#43350f;--badge-ink:#f5d88d}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1160px;margin:0 auto;padding:32px 20px 56px}
h1{font-size:32px;line-height:1.2;margin:14px 0 8px;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:17px;margin:0}
p{margin:4px 0}
.badge{display:inline-block;margin:0;padding:5px 12px;border-radius:99px;background:var(--badge);color:var(--badge-ink);font-size:13px;font-weight:600}
.lead{max-width:72ch;color:var(--muted);font-size:16px}
.facts{display:flex;flex-wrap:wrap;gap:4px 20px;margin-top:12px;color:var(--muted);overflow-wrap:anywhere}
.facts b{color:var(--ink)}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:14px;margin:26px 0 14px}
.tile,figure,.card{background:var(--surface);border:1px solid var(--grid);border-radius:12px}
.tile{padding:14px 18px}
.tile dt{color:var(--muted);font-size:13px}
.tile dd{margin:0}
.tile strong{display:block;font-size:27px;line-height:1.25;font-variant-numeric:tabular-nums}
.tile span{color:var(--muted);font-size:13px}
.charts{display:grid;grid-template-columns:1fr 1fr;gap:14px}
.card+.charts{margin-top:14px}
figure{margin:0;padding:18px;min-width:0}
figure.wide{grid-column:1/-1}
figure.tall{grid-row:span 2}
figcaption{margin-bottom:10px}
figcaption p,.card>p{color:var(--muted);font-size:13.5px}
svg{display:block;width:100%;height:auto}
.card{margin-top:14px;padding:18px}
.scroll{overflow-x:auto;margin-top:10px}
table{width:100%;border-collapse:collapse;font-size:14px}
th{padding:6px 8px;text-align:left;color:var(--muted);font-weight:500;font-size:13px;white-space:nowrap}
td{padding:10px 8px;border-top:1px solid var(--grid);vertical-align:top}
td:first-child{min-width:320px}
.measures td:first-child{min-width:150px}
.measures td{padding:6px 8px;white-space:nowrap}
.pairs{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:14px 0 0;font-size:14px}
.pairs dt{color:var(--muted)}
.pairs dd{margin:0;font-variant-numeric:tabular-nums}
.n{text-align:right;font-variant-numeric:tabular-nums}
.caption{margin:0;white-space:pre-line;overflow-wrap:anywhere}
.byline{color:var(--muted);font-size:13px}
.pill,.tag{display:inline-block;padding:1px 9px;border-radius:99px;font-size:12.5px;white-space:nowrap}
.pill{color:var(--surface);background:var(--muted);font-weight:600}
.pill.allow{background:var(--two)}.pill.label{background:var(--four)}.pill.review,.pill.escalate{background:var(--three)}.pill.block{background:var(--one)}
.tag{margin:2px 0 0 4px;border:1px solid var(--grid);color:var(--muted)}
.decisions{display:flex;flex-wrap:wrap;gap:10px 32px;margin:12px 0 6px;padding:0;list-style:none}
.decisions b{margin:0 8px 0 10px;font-size:18px;font-variant-numeric:tabular-nums}
.decisions span:last-child{color:var(--muted)}
.provenance dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:10px 0 0;font-size:13px}
.provenance dt{color:var(--muted)}
.provenance dd{margin:0;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media (max-width:820px){.tiles{grid-template-columns:1fr 1fr}.charts{grid-template-columns:minmax(0,1fr)}}
@media (max-width:460px){.pairs{grid-template-columns:1fr}.tiles{grid-template-columns:1fr}.provenance dl{grid-template-columns:1fr}}
@media print{body{background:#fff}main{max-width:none;padding:0}figure,.card,.tile{break-inside:avoid}}
`;

/** The customer's page in one style: logical properties, both colour schemes, from 320 pixels up. */
export const SURVEY_STYLE = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:start center;padding:clamp(.75rem,6vh,4rem) .75rem;background:light-dark(#f4f5f7,#131417)}
.card{container-type:inline-size;--ink:light-dark(#1b1d21,#eceef1);--soft:light-dark(#5a6069,#a3a9b3);--line:light-dark(#8a909a,#6b727d);--fill:light-dark(#fff,#1d1f24);--accent:light-dark(#2c55c9,#8fb0ff);--on:light-dark(#fff,#0d1428);--tint:light-dark(#e9effd,#25304f);--bad:light-dark(#b3261e,#ff9d94);
inline-size:100%;max-inline-size:34rem;padding:clamp(1.25rem,5vw,2.25rem);border-radius:1rem;background:var(--fill);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans KR",sans-serif;box-shadow:0 1px 2px #0002,0 8px 28px #0001;overflow-wrap:anywhere}
.card h1{margin:0 0 1.25rem;font-size:1.375rem;line-height:1.3;text-wrap:balance}
.card p{margin:0 0 .75rem}
.card .sender{color:var(--soft);font-size:.875rem;margin-block-end:.25rem}
.card fieldset{border:0;margin:0 0 1.5rem;padding:0;min-inline-size:0}
.card legend,.card .comment>label{display:block;padding:0;margin-block-end:.625rem;font-weight:600}
.card .hint{color:var(--soft);font-weight:400;font-size:.875rem}
.card .points{display:grid;gap:.5rem}
.card .point{position:relative;display:grid}
.card .point input{position:absolute;inset:0;inline-size:100%;block-size:100%;margin:0;opacity:0;cursor:pointer}
.card .point label{display:flex;align-items:center;gap:.75rem;min-block-size:3rem;padding:.5rem .875rem;border:1px solid var(--line);border-radius:.75rem;font-size:.9375rem}
.card .face{font-size:1.625rem;line-height:1;font-family:"Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji",sans-serif}
.card .point input:hover+label{border-color:var(--accent)}
.card .point input:checked+label{border-color:var(--accent);background:var(--tint);box-shadow:inset 0 0 0 1px var(--accent);font-weight:600}
.card .point input:focus-visible+label,.card textarea:focus-visible,.card button:focus-visible,.card a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.card textarea{display:block;inline-size:100%;min-block-size:5.5rem;padding:.625rem .75rem;border:1px solid var(--line);border-radius:.625rem;background:transparent;color:inherit;font:inherit;resize:vertical}
.card .problem{padding:.625rem .875rem;border-inline-start:4px solid var(--bad);background:light-dark(#fdeceb,#3a1f1e);color:var(--ink);border-radius:.375rem}
.card .actions{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.25rem;margin-block:1.5rem 0}
.card button{min-block-size:2.75rem;padding:.5rem 1.5rem;border:0;border-radius:.625rem;background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
.card a{color:var(--accent);padding-block:.5rem}
.card .given{display:flex;align-items:center;gap:.625rem}
@container (min-width:27rem){.card .points{grid-auto-flow:column;grid-auto-columns:1fr}.card .point label{flex-direction:column;justify-content:start;text-align:center;gap:.375rem;padding:.75rem .25rem;font-size:.8125rem;line-height:1.3}.card .face{font-size:1.875rem}}
@media (forced-colors:active){.card .point input:checked+label{outline:3px solid Highlight}}
`.trim();

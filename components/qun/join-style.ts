/**
 * The style of the join page, inlined so that a slow network loads nothing else. Its colours are those of app/globals.css; a test
 * compares them.
 */
export const joinStyle = `
:root{color-scheme:light;--ground:#f6f8f7;--surface:#ffffff;--sunken:#eff3f1;--border-subtle:#e1e7e4;--ink:#16201b;--muted:#56635c;--accent:#07c160;--on-accent:#03210f;--accent-ink:#08743b;--accent-soft:#e2f6ea;--warn:#855400;--warn-soft:#fdf2d9;--focus:#0b8f4b}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;--ground:#0d1210;--surface:#141a17;--sunken:#0a0e0c;--border-subtle:#26302b;--ink:#e7eeea;--muted:#9caaa2;--accent:#29d67a;--on-accent:#03210f;--accent-ink:#4ee093;--accent-soft:#10301f;--warn:#f0b64e;--warn-soft:#33280f;--focus:#4ee093}}
@font-face{font-family:'Latin Apostrophe';src:local('Inter'),local('Segoe UI'),local('Helvetica Neue'),local('Roboto'),local('Arial'),local('Liberation Sans'),local('DejaVu Sans');unicode-range:U+2019}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-autospace:normal}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.7 'Latin Apostrophe',Inter,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',system-ui,sans-serif}
html:lang(en) body{font-family:Inter,-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans','Liberation Sans','DejaVu Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',system-ui,sans-serif}
main{max-width:480px;margin:0 auto;padding:16px 12px 32px}
.card{background:var(--surface);border:1px solid var(--border-subtle);border-radius:12px;padding:24px 20px}
h1{margin:0;font-size:28px;line-height:1.3;overflow-wrap:anywhere}
.about{margin:6px 0 0;color:var(--muted);font-size:14px;overflow-wrap:anywhere}
.note{margin:16px 0 0;padding:10px 14px;border-radius:8px;background:var(--warn-soft);color:var(--warn);font-size:14px}
ol{margin:24px 0 0;padding:0;list-style:none;counter-reset:step}
li{position:relative;padding:0 0 20px 40px;counter-increment:step}
li::before{content:counter(step);position:absolute;left:0;top:0;width:26px;height:26px;border-radius:50%;background:var(--accent-soft);color:var(--accent-ink);font-size:14px;line-height:26px;text-align:center;font-variant-numeric:tabular-nums}
li p{margin:0;overflow-wrap:anywhere}
.hint{color:var(--muted);font-size:14px}
.chip{display:flex;align-items:center;justify-content:center;width:100%;min-height:56px;margin:10px 0 0;padding:10px 12px;border:1px dashed var(--accent-ink);border-radius:10px;background:var(--accent-soft);color:var(--accent-ink);font:600 20px/1.5 ui-monospace,'SF Mono',Menlo,Consolas,'Noto Sans Mono CJK SC',monospace;text-align:center;overflow-wrap:anywhere;-webkit-user-select:all;user-select:all}
.long{font-size:16px}
button{-webkit-appearance:none;appearance:none;font:inherit;cursor:pointer}
.go{display:block;width:100%;min-height:48px;margin:4px 0 0;border:0;border-radius:10px;background:var(--accent);color:var(--on-accent);font-size:16px;font-weight:600}
[hidden]{display:none}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.code{display:block;width:200px;max-width:100%;height:auto;margin:10px 0 0;padding:8px;border-radius:10px;background:#ffffff}
.code.official{width:260px;margin:16px auto}
.account{display:inline-block;margin:6px 0 0;padding:2px 10px;border-radius:8px;background:var(--sunken);font:16px/1.7 ui-monospace,Menlo,Consolas,monospace;-webkit-user-select:all;user-select:all;overflow-wrap:anywhere}
.live{display:block;margin:16px 0 0;padding:12px 0 0;border-top:1px solid var(--border-subtle);color:var(--muted);font-size:14px;min-height:38px}
.live p{margin:0}
.live .in{color:var(--accent-ink)}
.mark{display:block;width:56px;height:56px;margin:0 0 12px;border-radius:50%;background:var(--sunken);color:var(--muted);font-size:24px;line-height:56px;text-align:center}
footer{margin:16px 4px 0;color:var(--muted);font-size:14px}
footer p{margin:0 0 6px}
.poster{display:none}
@media print{
@page{margin:18mm}
:root{color-scheme:light;--ground:#ffffff;--surface:#ffffff;--ink:#16201b;--muted:#56635c}
main{max-width:none;padding:0}
.screen{display:none}
.poster{display:block;text-align:center}
.poster h2{margin:0;font-size:44px;line-height:1.3;overflow-wrap:anywhere}
.poster svg{display:block;width:110mm;height:110mm;margin:12mm auto}
.poster p{margin:0;font-size:24px}
.poster .hint{font-size:16px}
}`

/** Allows only this origin: the page works offline, and tokens in trial requests are not sent elsewhere. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const page = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>接口文档 · wxbot</title>
<link rel="icon" href="/icon.svg">
<style>
  body { margin: 0; background: light-dark(#fff, #0d1210); color-scheme: light dark }
  #progress { margin: 20vh 1rem; text-align: center; font-family: system-ui, sans-serif; color: light-dark(#3b4a43, #b6c4bd) }
  #progress a { color: inherit }
</style>
<p id="progress" role="status">正在加载接口文档… Loading the API reference… <a href="/openapi.json">openapi.json</a></p>
<rapi-doc
  spec-url="/openapi.json"
  theme="light"
  bg-color="#ffffff"
  primary-color="#07803f"
  regular-font="Inter, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, system-ui, sans-serif"
  mono-font="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"
  load-fonts="false"
  render-style="focused"
  schema-style="table"
  schema-description-expanded="true"
  show-header="false"
  show-method-in-nav-bar="as-colored-text"
  use-path-in-nav-bar="false"
  allow-server-selection="true"
  allow-spec-file-download="true"
  sort-tags="false"
></rapi-doc>
<script src="/docs/reference.js"></script>
</html>
`

/** Serves the API reference page, which renders /openapi.json. */
export function GET(): Response {
  return new Response(page, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': contentSecurityPolicy },
  })
}

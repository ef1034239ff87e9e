import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

import { Hono } from 'hono'

const folder = path.resolve('simulator/phone')
/** The package's export map has a wrong path for `require`, so the file is resolved next to `htm/preact`. */
const htmPreact = createRequire(import.meta.url).resolve('htm/preact')
const preact = path.join(path.dirname(htmPreact), 'standalone.module.js')

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.js': 'text/javascript; charset=UTF-8',
  '.svg': 'image/svg+xml',
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the phone page: plain files, read at each request, and preact from its package. There is no build. */
export function servePhone(): Hono {
  const app = new Hono()
  const send = (file: string) => {
    const headers = {
      'Content-Type': contentTypes[path.extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    }
    try {
      return new Response(readFileSync(file), { headers })
    } catch {
      return new Response('not found', { status: 404 })
    }
  }
  app.get('/', () => send(path.join(folder, 'index.html')))
  app.get('/kf', () => send(path.join(folder, 'kf.html')))
  app.get('/qun', () => send(path.join(folder, 'qun.html')))
  app.get('/phone/preact.js', () => send(preact))
  app.get('/phone/:file{[a-z-]+\\.(?:js|css|svg)}', (c) => send(path.join(folder, c.req.param('file'))))
  return app
}

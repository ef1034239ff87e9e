import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const scriptPath = join(process.cwd(), 'node_modules/rapidoc/dist/rapidoc-min.js')

/** Removes the progress line in time, and sets what only the browser knows: the origin for trial requests, and the theme. */
const adapt = `
const reference = document.querySelector('rapi-doc')
reference.addEventListener('spec-loaded', () => document.getElementById('progress').remove())
reference.setAttribute('default-api-server', location.origin + '/')
if (matchMedia('(prefers-color-scheme: dark)').matches) {
  reference.setAttribute('theme', 'dark')
  reference.setAttribute('bg-color', '#0d1210')
  reference.setAttribute('primary-color', '#2fd17d')
}
`

/** Serves the script of the reference page from the local disk, so that the page needs no other host. */
export async function GET(): Promise<Response> {
  const script = await readFile(/* turbopackIgnore: true */ scriptPath, 'utf8')
  return new Response(script + adapt, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'public, max-age=86400' },
  })
}

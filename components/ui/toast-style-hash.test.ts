import { createHash } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { toastStyleHash } from './toast-style-hash'

afterEach(() => vi.unstubAllGlobals())

it("the policy's hash is that of the style which the library writes into the page", async () => {
  let written = ''
  const style = { appendChild: (text: string) => (written += text) }
  vi.stubGlobal('document', {
    head: { appendChild: () => {} },
    createElement: () => style,
    createTextNode: (text: string) => text,
  })
  await import('sonner')
  expect(toastStyleHash).toBe(`sha256-${createHash('sha256').update(written).digest('base64')}`)
})

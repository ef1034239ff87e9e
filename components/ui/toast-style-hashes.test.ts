import { createHash } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { toastStyleHashes } from '@/components/ui/toast-style-hashes'

afterEach(() => vi.unstubAllGlobals())

it('the policy allows exactly the style that the toast library injects', async () => {
  let written = ''
  const style = { appendChild: (text: string) => (written += text) }
  vi.stubGlobal('document', {
    head: { appendChild: () => {} },
    createElement: () => style,
    createTextNode: (text: string) => text,
  })
  await import('sonner')
  const hashes = ['', written].map((text) => `sha256-${createHash('sha256').update(text).digest('base64')}`)
  expect(toastStyleHashes).toEqual(hashes)
})

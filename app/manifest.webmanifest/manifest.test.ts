import { expect, it } from 'vitest'
import { GET } from '@/app/manifest.webmanifest/route'

const read = async (lang: string) => {
  const response = GET(new Request(`https://wxbot.test/manifest.webmanifest?lang=${lang}`))
  return { type: response.headers.get('Content-Type'), manifest: (await response.json()) as Record<string, unknown> }
}

it('names the installed inbox in Chinese or English, and starts at the inbox', async () => {
  const { type, manifest } = await read('zh-CN')
  expect(type).toBe('application/manifest+json')
  expect(manifest).toMatchObject({ name: 'wxbot 会话', start_url: '/dashboard/inbox', display: 'standalone' })
  expect((await read('en')).manifest).toMatchObject({ name: 'wxbot Inbox', lang: 'en', id: manifest['id'] })
  expect((await read('xx')).manifest).toMatchObject({ lang: 'zh-CN' })
})

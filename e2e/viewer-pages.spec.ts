import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { createTenant } from '@/e2e/create-tenant'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

/** The pages found on disk, so that a new page is tested automatically. */
const pages = readdirSync(resolve(import.meta.dirname, '../app/(dashboard)/dashboard/(shell)'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => /(^|\/)page\.tsx$/.test(file) && !file.includes('...'))
  .map((file) => `/dashboard/${file}`.replace(/\/page\.tsx$/, ''))

test('A8: no page shows a viewer a scan link, a callback URL with a key, or a token', async ({
  page,
  product,
}, info) => {
  const shop = createTenant(product, `观察 ${markOf(info)}`)
  const key = 'CANARY7secret'
  const of = ['--application', shop.applicationId]
  shop.cli('application', 'update', ...of, '--callback-url', `http://127.0.0.1:9/cb?key=${key}`, '--scope', 'all')
  const { eventId } = shop.cli('callback', 'test', ...of)
  const robotId = await shop.createRobot(`viewed_${markOf(info)}`)
  const login = await shop.call('POST', `/robots/${robotId}/login`)
  const scanKey = new URL(String(login.data?.['qrcode_url'])).pathname.split('/').at(-1) ?? ''
  expect(scanKey).toMatch(/^\w{22}$/)
  const email = `viewer.${markOf(info)}@wxbot.test`
  const { password } = shop.cli('operator', 'create', '--email', email, '--role', 'viewer')
  await signIn(page, { ...product, adminEmail: email, adminPassword: String(password) })

  const ids: Record<string, string> = { applicationId: shop.applicationId, robotId, eventId: String(eventId) }
  let count = 0
  for (const path of pages) {
    const filled = path.replace(/\[(\w+)\]/g, (_, name: string) => ids[name] ?? 'none')
    for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
      const response = await page.request.get(filled, { headers })
      const text = await response.text()
      for (const secret of [key, scanKey, shop.token])
        expect(text.includes(secret), `${filled} shows ${secret}`).toBe(false)
      if (response.ok()) count++
    }
  }
  expect(count).toBeGreaterThan(30)
  await page.goto(`/dashboard/robots/${robotId}/session`)
  await expect(page.getByText('只有管理员能看到它')).toBeVisible()
  await page.goto(`/dashboard/applications/${shop.applicationId}`)
  await expect(page.getByText('可能是密钥，只有管理员能看到')).toBeVisible()
})

import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { createTenant } from '@/e2e/create-tenant'
import { preparePages } from '@/e2e/prepare-pages'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

/** The pages found on disk, so that a new page is tested automatically. */
const pages = readdirSync(resolve(import.meta.dirname, '../app/(dashboard)/dashboard/(shell)'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => /(^|\/)page\.tsx$/.test(file) && !file.includes('...'))
  .map((file) => `/dashboard/${file}`.replace(/\/page\.tsx$/, ''))

test('D2: no page shows a viewer a scan link, a callback URL with a key, or a token', async ({
  page,
  product,
}, info) => {
  const shop = await createTenant(product, `观察 ${markOf(info)}`)
  const key = 'CANARY7secret'
  const of = ['--application', shop.applicationId]
  await shop.cli('application', 'update', ...of, '--callback-url', `http://127.0.0.1:9/cb?key=${key}`, '--scope', 'all')
  const { eventId } = await shop.cli('callback', 'test', ...of)
  const robotId = await shop.createRobot(`viewed_${markOf(info)}`)
  const login = await shop.call('POST', `/robots/${robotId}/login`)
  const scanKey = new URL(String(login.data?.['qrcode_url'])).pathname.split('/').at(-1) ?? ''
  expect(scanKey).toMatch(/^\w{22}$/)
  const email = `viewer.${markOf(info)}@wxbot.test`
  const { password } = await shop.cli('operator', 'create', '--email', email, '--role', 'viewer')
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

test('a viewer can open every page and sees no button whose request the server rejects', async ({
  page,
  product,
}, info) => {
  const mark = `看 ${markOf(info)}`
  // It opens every page.
  test.slow()
  await signIn(page, product)
  const paths = await preparePages(product, page, mark)
  const shop = await createTenant(product, mark)
  const email = `viewer.pages.${markOf(info)}@wxbot.test`
  const { password } = await shop.cli('operator', 'create', '--email', email, '--role', 'viewer')
  await page.context().clearCookies()
  await signIn(page, { ...product, adminEmail: email, adminPassword: String(password) })

  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() === 403) refused.push(`${page.url()}: ${response.request().method()} ${response.url()}`)
  })
  for (const path of paths.filter((each) => each.startsWith('/dashboard') && each !== '/dashboard/settings')) {
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeVisible()
    await page.waitForLoadState('networkidle').catch(() => {})
    const buttons = page.locator('main button:not(:disabled):visible')
    // One button of each name: rows repeat theirs.
    const names = await buttons.evaluateAll((all) => all.map((each) => each.ariaLabel ?? each.textContent))
    const indexes = names.flatMap((name, index) => (names.indexOf(name) === index ? [index] : []))
    for (const index of indexes.slice(0, 12)) {
      if (new URL(page.url()).pathname !== path.split('?')[0]) await page.goto(path)
      await buttons
        .nth(index)
        .click({ timeout: 2000 })
        .catch(() => {})
      const sends = page.locator('[role=dialog] button[type=submit], [role=alertdialog] button')
      expect([path, await sends.evaluateAll((all) => all.map((button) => button.outerHTML))]).toEqual([path, []])
      await page.keyboard.press('Escape')
    }
  }
  expect(refused).toEqual([])
})

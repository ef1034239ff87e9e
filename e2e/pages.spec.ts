import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openShop } from './open-shop'
import { listenForTrouble, signIn } from './sign-in'
import { expect, test } from './test'

async function expectGoodPage(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.locator('h1').first()).toBeVisible()
  await page.waitForLoadState('networkidle').catch(() => {})
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect([path, violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])]).toEqual([path, []])
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect([path, isTooWide && 'is wider than the screen']).toEqual([path, false])
}

test('every page is without violations of accessibility, fits its screen, and runs within its policy', async ({
  page,
  context,
  product,
}, info) => {
  test.setTimeout(240_000)
  const { project } = info
  const isPhone = project.name === 'phone'
  // In Chinese on a phone, in English and in the dark on a desktop.
  if (!isPhone) {
    await context.addCookies([{ name: 'wxbot-locale', value: 'en', url: product.baseURL }])
    await page.emulateMedia({ colorScheme: 'dark' })
  }
  const shop = openShop(product, `各页 ${project.name}`)
  const robot = await shop.openRobot(`各页 ${project.name}`)
  expect((await shop.send(robot, '你好')).retCode).toBe(0)
  const waiting = await shop.createRobot(`waiting_${project.name}`)
  const login = await shop.call('POST', `/robots/${waiting}/login`)
  const { robots } = shop.cli('robot', 'list') as { robots: { id: string; applicationId: string }[] }
  const applicationId = robots.find(({ id }) => id === robot.id)?.applicationId

  const trouble = listenForTrouble(page)
  await expectGoodPage(page, '/dashboard/sign-in')
  await expectGoodPage(page, `${String(login.data?.['qrcode_url'])}.html`)
  await signIn(page, product)
  const pages = [
    '/dashboard',
    '/dashboard?figures=table&range=1h',
    '/dashboard/applications',
    `/dashboard/applications/${applicationId}`,
    '/dashboard/robots',
    `/dashboard/robots/${waiting}/session`,
    ...['session', 'rooms', 'messages', 'pacing', 'settings'].map((tab) => `/dashboard/robots/${robot.id}/${tab}`),
    '/dashboard/quns',
    '/dashboard/callbacks',
    '/dashboard/settings',
    '/dashboard/settings/operators',
    '/dashboard/settings/audit',
    '/dashboard/settings/system',
  ]
  for (const path of pages) {
    await expectGoodPage(page, path)
    await page.screenshot({ path: info.outputPath(`${path.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
  }
  expect(trouble).toEqual([])
  await expectGoodPage(page, '/dashboard/no-such-page')
})

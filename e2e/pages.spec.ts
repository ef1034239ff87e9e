import type { Page } from '@playwright/test'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { createTenant } from '@/e2e/create-tenant'
import { preparePages } from '@/e2e/prepare-pages'
import { listenForTrouble, signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

// It opens every page.
test.slow()
const isWider = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

async function expectGoodPage(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.locator('h1').first()).toBeVisible()
  await page.waitForLoadState('networkidle').catch(() => {})
  await expectNoViolations(page)
  expect([path, (await isWider(page)) && 'is wider than the screen']).toEqual([path, false])
}

test('every page has no accessibility violations, fits the screen, and obeys its content security policy', async ({
  page,
  context,
  product,
}, info) => {
  const isPhone = info.project.name === 'phone'
  // Chinese on a phone; English with the dark theme on a desktop.
  if (!isPhone) {
    await context.addCookies([{ name: 'wxbot-locale', value: 'en', url: product.baseURL }])
    await page.emulateMedia({ colorScheme: 'dark' })
  }
  const trouble = listenForTrouble(page)
  await expectGoodPage(page, '/dashboard/sign-in')
  await signIn(page, product)
  for (const path of await preparePages(product, page, markOf(info))) {
    await expectGoodPage(page, path)
    await page.screenshot({ path: info.outputPath(`${path.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
    if (!isPhone) continue
    await page.setViewportSize({ width: 360, height: 740 })
    expect([path, (await isWider(page)) && 'is wider than 360 px']).toEqual([path, false])
    await page.setViewportSize({ width: 390, height: 844 })
  }
  expect(trouble).toEqual([])
  await expectGoodPage(page, '/dashboard/no-such-page')
  await expectGoodPage(page, '/no-such-page')
})

test('a viewer can open every page and sees no button whose request the server rejects', async ({
  page,
  product,
}, info) => {
  const mark = `看 ${markOf(info)}`
  await signIn(page, product)
  const paths = await preparePages(product, page, mark)
  const shop = createTenant(product, mark)
  const email = `viewer.pages.${markOf(info)}@wxbot.test`
  const { password } = shop.cli('operator', 'create', '--email', email, '--role', 'viewer')
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
    const names = [...new Set(await buttons.evaluateAll((all) => all.map((button) => button.outerHTML)))].slice(0, 12)
    for (let index = 0; index < names.length; index++) {
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

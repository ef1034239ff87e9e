import type { Page } from '@playwright/test'
import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { expectWholeFirstRow, findCut, isNarrow, measureOverflow } from '@/e2e/measure-layout'
import { preparePages } from '@/e2e/prepare-pages'
import { listenForTrouble, signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

// It opens every page.
test.slow()

const longUrl = `https://dev.test/${'callback-'.repeat(60)}`
/** Rows are cards at the first width; only the overflow is measured at the others. */
const [cardWidth, ...otherWidths] = [375, 390, 700, 800, 1100, 1280] as const
const isWider = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.locator('h1').first()).toBeVisible()
  await page.waitForLoadState('networkidle').catch(() => {})
}

async function expectGoodPage(page: Page, path: string): Promise<void> {
  await openPage(page, path)
  await expectNoViolations(page)
  expect([path, (await isWider(page)) && 'is wider than the screen']).toEqual([path, false])
}

/** Measures the open page at several widths and returns what is cut off or covered, or what makes it wider than the screen. */
async function findTooWide(page: Page, path: string, widths: readonly number[]): Promise<string[]> {
  await page.setViewportSize({ width: cardWidth, height: 740 })
  // The inbox shows one line of each conversation; opening it shows the whole text.
  const isPreview = (what: string) => path.startsWith('/dashboard/inbox') && /^cut .*\btruncate\b/.test(what)
  const found = (await findCut(page)).filter((what) => !isPreview(what)).map((what) => `${path}: ${what}`)
  await expectWholeFirstRow(page)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    // A chart takes its new width a moment after the screen's.
    await page.waitForFunction(isNarrow, null, { timeout: 2_000 }).catch(() => {})
    const { px, elements } = await measureOverflow(page)
    if (px > 0) found.push(`${width} ${path}: +${px} ${elements.join(' | ')}`)
  }
  return found
}

test('every page, with long names, has no accessibility violations, obeys its content security policy, and fits every screen, with whole cards at 375 px', async ({
  page,
  context,
  product,
}, info) => {
  const isPhone = info.project.name === 'phone'
  // Chinese on a phone; English with the dark theme on a desktop. English words are the longer ones and break only at spaces.
  const locale = isPhone ? 'zh-CN' : 'en'
  const size = page.viewportSize() ?? { width: 0, height: 0 }
  await context.addCookies([{ name: 'wxbot-locale', value: locale, url: product.baseURL }])
  if (!isPhone) await page.emulateMedia({ colorScheme: 'dark' })
  const trouble = listenForTrouble(page)
  await expectGoodPage(page, '/dashboard/sign-in')
  await signIn(page, product)
  const paths = await preparePages(product, page, `${markOf(info)}_${'W'.repeat(40)}`)
  const shop = await createTenant(product, `${markOf(info)}_${'Ａ'.repeat(40)}`)
  const host = 'an-even-longer-host.wxbot.test'
  await shop.cli('operator', 'create', '--email', `${'very.long.name.'.repeat(3)}${markOf(info)}@${host}`)
  const [prepared = ''] = paths.flatMap((path) => /\/applications\/(\w+)$/.exec(path)?.[1] ?? [])
  for (const id of [prepared, shop.applicationId])
    await shop.cli('application', 'update', '--application', id, '--callback-url', longUrl)
  await shop.cli('token', 'issue', '--application', shop.applicationId, '--name', 'W'.repeat(60))
  const own = ['', '/tokens', '/robots', '/samples', '/settings'].map(
    (tab) => `/dashboard/applications/${shop.applicationId}${tab}`,
  )
  const widths = isPhone ? [] : otherWidths
  const found: string[] = []
  for (const path of paths) {
    await expectGoodPage(page, path)
    if (isPhone) {
      await page.setViewportSize({ width: 360, height: 740 })
      expect([path, (await isWider(page)) && 'is wider than 360 px']).toEqual([path, false])
    }
    found.push(...(await findTooWide(page, path, widths)))
    await page.setViewportSize(size)
  }
  for (const path of [...own, `/dashboard/callbacks/endpoints/${shop.applicationId}`]) {
    await openPage(page, path)
    found.push(...(await findTooWide(page, path, widths)))
    await page.setViewportSize(size)
  }
  expect(found).toEqual([])
  expect(trouble).toEqual([])
  await expectGoodPage(page, '/dashboard/no-such-page')
  await expectGoodPage(page, '/no-such-page')

  // The table header stays usable: sort by a click, select all rows of the page.
  await page.setViewportSize({ width: cardWidth, height: 740 })
  await page.goto('/dashboard/robots')
  const sort = page.getByRole('columnheader', { name: locale === 'en' ? 'Robot' : '机器人' }).getByRole('button')
  await sort.click()
  await expect(page).toHaveURL(/sort=name/)
  await page.goto('/dashboard/callbacks')
  await expect(page.getByRole('columnheader').getByRole('checkbox')).toBeInViewport({ ratio: 1 })
})

import type { Page } from '@playwright/test'
import { createTenant } from '@/e2e/create-tenant'
import { preparePages } from '@/e2e/prepare-pages'
import { signIn } from '@/e2e/sign-in'
import { expect, test } from '@/e2e/test'

const longUrl = `https://dev.test/${'callback-'.repeat(60)}`
const widths = [1280, 1100, 800, 700, 390]

const isNarrow = () => document.documentElement.scrollWidth <= window.innerWidth

/** Returns the pixels by which the page is wider than the screen, and the innermost elements that reach beyond it. */
function measureOverflow(page: Page): Promise<{ px: number; elements: string[] }> {
  return page.evaluate(() => {
    const px = document.documentElement.scrollWidth - window.innerWidth
    const isBeyond = (element: Element) =>
      element.getBoundingClientRect().right > window.innerWidth + 1 && !element.closest('.sr-only, .overflow-x-auto')
    const beyond = px > 0 ? [...document.querySelectorAll('body *')].filter(isBeyond) : []
    const innermost = beyond.filter((element) => ![...element.children].some(isBeyond))
    return {
      px,
      elements: innermost.slice(0, 3).map((element) => `${element.tagName} ${element.getAttribute('class')}`),
    }
  })
}

test('no page is wider than the screen with long names', async ({ page, context, product }) => {
  // It opens every page.
  test.slow()
  // English words are the longer ones and break only at spaces.
  await context.addCookies([{ name: 'wxbot-locale', value: 'en', url: product.baseURL }])
  await signIn(page, product)
  const mark = `wide_${'W'.repeat(40)}`
  const paths = await preparePages(product, page, mark)
  const shop = createTenant(product, `wide_${'Ａ'.repeat(40)}`)
  const of = ['--application', shop.applicationId]
  const [prepared = ''] = paths.flatMap((path) => /\/applications\/(\w+)$/.exec(path)?.[1] ?? [])
  for (const id of [prepared, shop.applicationId])
    shop.cli('application', 'update', '--application', id, '--callback-url', longUrl)
  shop.cli('token', 'issue', ...of, '--name', 'W'.repeat(60))
  const own = ['', '/tokens', '/robots', '/samples', '/settings'].map(
    (tab) => `/dashboard/applications/${shop.applicationId}${tab}`,
  )
  const pages = [...paths, ...own, `/dashboard/callbacks/endpoints/${shop.applicationId}`]
  const wide: string[] = []
  for (const path of pages) {
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeVisible()
    await page.waitForLoadState('networkidle').catch(() => {})
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 })
      // A chart takes its new width a moment after the screen's.
      await page.waitForFunction(isNarrow, null, { timeout: 2_000 }).catch(() => {})
      const { px, elements } = await measureOverflow(page)
      if (px > 0) wide.push(`${width} ${path}: +${px} ${elements.join(' | ')}`)
    }
  }
  expect(wide).toEqual([])
})

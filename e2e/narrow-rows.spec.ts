import type { Page } from '@playwright/test'
import { createTenant } from '@/e2e/create-tenant'
import { preparePages } from '@/e2e/prepare-pages'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

// It opens every page.
test.slow()
test.use({ viewport: { width: 375, height: 740 } })

/** Returns the elements that overflow their row, overlap another cell, or are cut off at a side. */
function findCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut: string[] = []
    const name = (element: Element) => `${element.tagName} ${element.className} “${element.textContent.slice(0, 40)}”`
    for (const row of document.querySelectorAll('main tbody tr, main li:has([data-row-link])')) {
      const box = row.getBoundingClientRect()
      // Chart data and content for screen readers only are not laid out as rows.
      if (box.width <= 1 || row.closest('.sr-only')) continue
      if (box.left < 0 || box.right > window.innerWidth + 1) cut.push(`row ${name(row)}`)
      const cells = [...row.children].map((cell) => ({ cell, ...cell.getBoundingClientRect().toJSON() }))
      for (const [index, one] of cells.entries())
        for (const other of cells.slice(index + 1)) {
          const isApart = one.right <= other.left + 1 || other.right <= one.left + 1
          if (!isApart && one.bottom > other.top + 1 && other.bottom > one.top + 1)
            cut.push(`covered ${name(other.cell)}`)
        }
      for (const element of row.querySelectorAll('*')) {
        const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
        if (width === 0 || height === 0 || element.closest('.sr-only, svg')) continue
        if (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1)
          cut.push(`outside ${name(element)}`)
        // Clamped text may overflow at the bottom, with an ellipsis, but not at a side.
        const hides = getComputedStyle(element).overflowX !== 'visible'
        if (hides && element.scrollWidth > element.clientWidth + 1) cut.push(`cut ${name(element)}`)
      }
    }
    return cut
  })
}

/** Expects the first row of a table to show every column and its actions. */
async function expectWholeFirstRow(page: Page): Promise<void> {
  const row = page.locator('main tbody [role=row]').first()
  if (!(await row.isVisible())) return
  for (const cell of await row.locator('[data-label]').all()) await expect(cell).toBeVisible()
  const [actions] = await row.getByRole('button').all()
  if (!actions) return
  // Scroll vertically only: horizontal scrolling would hide an element that is cut off at a side.
  await actions.evaluate((button) => window.scrollBy(0, button.getBoundingClientRect().top - window.innerHeight / 2))
  await expect(actions).toBeInViewport({ ratio: 1 })
}

test('rows of every page are cards at 375 px, and no content overflows or is cut off', async ({
  page,
  context,
  product,
}, info) => {
  // Chinese on the phone project, English on the desktop's.
  const locale = info.project.name === 'phone' ? 'zh-CN' : 'en'
  await context.addCookies([{ name: 'wxbot-locale', value: locale, url: product.baseURL }])
  await signIn(page, product)
  const mark = `${markOf(info)}_${'W'.repeat(40)}`
  const paths = await preparePages(product, page, mark)
  const shop = createTenant(product, `${markOf(info)}_${'Ａ'.repeat(40)}`)
  shop.cli(
    'operator',
    'create',
    '--email',
    `${'very.long.name.'.repeat(3)}${markOf(info)}@an-even-longer-host.wxbot.test`,
  )
  const of = ['--application', shop.applicationId]
  shop.cli('application', 'update', ...of, '--callback-url', `https://dev.test/${'callback-'.repeat(60)}`)
  shop.cli('token', 'issue', ...of, '--name', 'W'.repeat(60))
  const pages = [...paths, `/dashboard/applications/${shop.applicationId}/tokens`]
  const found: string[] = []
  for (const path of pages) {
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeVisible()
    await page.waitForLoadState('networkidle').catch(() => {})
    // The inbox shows one line of each conversation; opening it shows the whole text.
    const isPreview = (what: string) => path.startsWith('/dashboard/inbox') && /^cut .*\btruncate\b/.test(what)
    found.push(...(await findCut(page)).filter((what) => !isPreview(what)).map((what) => `${path}: ${what}`))
    await expectWholeFirstRow(page)
  }
  expect(found).toEqual([])

  // The table header stays usable: sort by a click, select all rows of the page.
  await page.goto('/dashboard/robots')
  const sort = page.getByRole('columnheader', { name: locale === 'en' ? 'Robot' : '机器人' }).getByRole('button')
  await sort.click()
  await expect(page).toHaveURL(/sort=name/)
  await page.goto('/dashboard/callbacks')
  await expect(page.getByRole('columnheader').getByRole('checkbox')).toBeInViewport({ ratio: 1 })
})

import { expect, type Page } from '@playwright/test'

/** Returns the elements that overflow their row, overlap another cell, or are cut off at a side. */
export function findCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut: string[] = []
    const name = (element: Element) => `${element.tagName} ${element.className} “${element.textContent.slice(0, 40)}”`
    for (const row of document.querySelectorAll('main tbody tr, main li:has([data-row-link])')) {
      const box = row.getBoundingClientRect()
      // Chart data, content for screen readers only and closed details are not laid out as rows.
      if (box.width <= 1 || row.closest('.sr-only, details:not([open])')) continue
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
export async function expectWholeFirstRow(page: Page): Promise<void> {
  const row = page.locator('main tbody [role=row]').first()
  if (!(await row.isVisible())) return
  // A card leaves out the line of a value that does not exist.
  for (const cell of await row.locator('[data-label]:not(:has([data-nothing]))').all()) await expect(cell).toBeVisible()
  const [actions] = await row.getByRole('button').all()
  if (!actions) return
  // Scroll vertically only: horizontal scrolling would hide an element that is cut off at a side.
  await actions.evaluate((button) => window.scrollBy(0, button.getBoundingClientRect().top - window.innerHeight / 2))
  await expect(actions).toBeInViewport({ ratio: 1 })
}

/** Whether the page fits into the width of the screen; runs in the page. */
export const isNarrow = () => document.documentElement.scrollWidth <= window.innerWidth

/** Returns the pixels by which the page is wider than the screen, and the innermost elements that reach beyond it. */
export function measureOverflow(page: Page): Promise<{ px: number; elements: string[] }> {
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

import type { Page } from '@playwright/test'

/** Shows a list's filters, which a phone keeps behind a button. */
export async function openFilters(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^(筛选|Filters)/ })
  if (await button.isVisible()) await button.click()
}

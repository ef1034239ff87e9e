import { expect, type Page } from '@playwright/test'

/** Opens the filters of a list, which are behind a button on a phone. */
export async function openFilters(page: Page): Promise<void> {
  if ((page.viewportSize()?.width ?? 0) >= 640) return
  const button = page.getByRole('button', { name: /^(筛选|Filters)/ })
  // The button ignores clicks until the page's scripts are loaded.
  await expect(async () => {
    if ((await button.getAttribute('aria-expanded', { timeout: 1000 })) !== 'true') await button.click()
    await expect(button).toHaveAttribute('aria-expanded', 'true', { timeout: 500 })
  }).toPass({ timeout: 20_000 })
}

import { expect, type Page } from '@playwright/test'

/** Shows a list's filters, which a phone keeps behind a button. */
export async function openFilters(page: Page): Promise<void> {
  if ((page.viewportSize()?.width ?? 0) >= 640) return
  const button = page.getByRole('button', { name: /^(筛选|Filters)/ })
  // Pressed before the page's program has begun it does nothing.
  await expect(async () => {
    if ((await button.getAttribute('aria-expanded', { timeout: 1000 })) !== 'true') await button.click()
    await expect(button).toHaveAttribute('aria-expanded', 'true', { timeout: 500 })
  }).toPass({ timeout: 20_000 })
}

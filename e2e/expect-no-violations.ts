import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Expects no accessibility violations on the page. Toasts are excluded: their contrast is too low while they fade. */
export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('[data-sonner-toaster]').analyze()
  const { pathname } = new URL(page.url())
  expect([pathname, violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])]).toEqual([pathname, []])
}

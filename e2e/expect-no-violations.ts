import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What stands on the page now is without violations of accessibility. A toast is left out: fading, it is too pale for a moment. */
export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('[data-sonner-toaster]').analyze()
  const { pathname } = new URL(page.url())
  expect([pathname, violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])]).toEqual([pathname, []])
}

import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Expects no accessibility violations on the page. Toasts are excluded: their contrast is too low while they fade. */
export async function expectNoViolations(page: Page): Promise<void> {
  // The legacy mode needs no second page for its report; it does not reach frames of other origins, which these pages do not have.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await axe.exclude('[data-sonner-toaster]').analyze()
  const { pathname } = new URL(page.url())
  expect([pathname, violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])]).toEqual([pathname, []])
}

import { type Page, test as base, type TestInfo } from '@playwright/test'
import type { SharedProduct } from '@/e2e/global-setup'

/** Playwright's `test` with the running product as a fixture and as the base URL, and pages that repeat an aborted `goto`. */
export const test = base.extend<{ product: SharedProduct }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  product: async ({}, provide) => provide(JSON.parse(process.env['E2E_PRODUCT'] ?? '{}') as SharedProduct),
  baseURL: async ({ product }, provide) => provide(product.baseURL),
  page: async ({ page }, provide) => {
    repeatAbortedGoto(page)
    await provide(page)
  },
})

/** A form that closes goes back in the history, which aborts a navigation of the test that begins at that moment. */
function repeatAbortedGoto(page: Page): void {
  const goto = page.goto.bind(page)
  page.goto = (...args) =>
    goto(...args).catch((error: Error) => {
      if (error.message.includes('net::ERR_ABORTED')) return goto(...args)
      throw error
    })
}

/** Returns a name for what a test creates: distinct per project and per retry, since all share one product. */
export function markOf({ project, retry }: TestInfo): string {
  return retry === 0 ? project.name : `${project.name}_retry${retry}`
}

export { expect } from '@playwright/test'

import { test as base, type TestInfo } from '@playwright/test'
import type { SharedProduct } from '@/e2e/global-setup'

/** Playwright's `test` with the running product as a fixture and as the base URL. */
export const test = base.extend<{ product: SharedProduct }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  product: async ({}, provide) => provide(JSON.parse(process.env['E2E_PRODUCT'] ?? '{}') as SharedProduct),
  baseURL: async ({ product }, provide) => provide(product.baseURL),
})

/** Returns a name for what a test creates: distinct per project and per retry, since all share one product. */
export function markOf({ project, retry }: TestInfo): string {
  return retry === 0 ? project.name : `${project.name}_retry${retry}`
}

export { expect } from '@playwright/test'

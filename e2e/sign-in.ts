import type { Page } from '@playwright/test'
import type { SharedProduct } from '@/e2e/global-setup'

/** Signs in with the form, in any language of the page. */
export async function signIn(page: Page, { adminEmail, adminPassword }: SharedProduct): Promise<void> {
  await page.goto('/dashboard/sign-in')
  await page.locator('input[name=email]').fill(adminEmail)
  await page.locator('input[name=password]').fill(adminPassword)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => url.pathname === '/dashboard')
}

/** Collects the page's script errors and policy violations from this call on. */
export function listenForTrouble(page: Page): string[] {
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text())
  })
  return trouble
}

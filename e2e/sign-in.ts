import type { Page } from '@playwright/test'
import type { SharedProduct } from './global-setup'

/** Signs in by hand, in whichever language the page is. */
export async function signIn(page: Page, { adminEmail, adminPassword }: SharedProduct): Promise<void> {
  await page.goto('/dashboard/sign-in')
  await page.locator('input[name=email]').fill(adminEmail)
  await page.locator('input[name=password]').fill(adminPassword)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => url.pathname === '/dashboard')
}

/** Collects what a page complains of from now on: errors of its scripts, and what its policy refused. */
export function listenForTrouble(page: Page): string[] {
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text())
  })
  return trouble
}
